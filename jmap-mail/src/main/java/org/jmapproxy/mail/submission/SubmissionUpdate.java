package org.jmapproxy.mail.submission;

/**
 * A validated update of an EmailSubmission.
 *
 * @param cancels whether it is to be cancelled; false: nothing changes
 */
public record SubmissionUpdate(boolean cancels) {}
