package dev.hermesreaper.agent.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What a command should have written cannot be written. The message says what, where, and what to do. */
final class UnwritableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnwritableException(String message) {
        super(message);
    }

    private UnwritableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@code target} cannot be written, because of {@code failure}. */
    static UnwritableException at(Path target, IOException failure) {
        return failure instanceof FileAlreadyExistsException there
                ? new UnwritableException(
                        there.getFile() + " is there already and is left alone; move it away, or name another file",
                        failure)
                : new UnwritableException(
                        "cannot write " + target + ": " + why(failure)
                                + "; name a file in a directory that is there and that you may write to",
                        failure);
    }

    private static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its directory is not there";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return Optional.ofNullable(failure instanceof FileSystemException of ? of.getReason() : failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
    }
}
