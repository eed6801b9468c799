package org.jmapproxy.core.testkit;

/**
 * All contracts of one type. A backend's test class implements this and hands out its fixture.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface AllContracts<T, C, U>
    extends ReadContract<T, C, U>,
        ChangesContract<T, C, U>,
        WriteContract<T, C, U>,
        QueryContract<T, C, U>,
        ChangeSignalsContract<T, C, U>,
        BlobContract {

  @Override
  TypeFixture<T, C, U> fixture();
}
