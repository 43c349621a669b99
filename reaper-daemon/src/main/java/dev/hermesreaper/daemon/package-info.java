@NullMarked
package dev.hermesreaper.daemon;

import org.jspecify.annotations.NullMarked;
