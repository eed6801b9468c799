package org.jmapproxy.examples.backend;

/** A bookmark to be created. */
record NewBookmark(String title, String url) {}
