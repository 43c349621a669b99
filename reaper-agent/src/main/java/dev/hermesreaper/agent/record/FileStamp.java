package dev.hermesreaper.agent.record;

import java.nio.file.attribute.FileTime;

/**
 * What tells that a file has changed or is another one.
 *
 * @param inode device and number, as the JDK's file key
 * @param size in bytes
 * @param modified to the nanosecond, where the file system keeps that; moves in steps of some milliseconds
 * @param changed last change of inode or content, which nobody can set back
 */
record FileStamp(Object inode, long size, FileTime modified, FileTime changed) {}
