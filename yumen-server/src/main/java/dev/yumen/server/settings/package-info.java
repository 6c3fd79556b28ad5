/** One YAML file becomes {@link dev.yumen.server.settings.Settings}. */
@NullMarked
package dev.yumen.server.settings;

import org.jspecify.annotations.NullMarked;
