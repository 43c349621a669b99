package dev.hermesreaper.agent.service;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What we wrote, so that exactly that can be taken away again. An entry is on disk before its file is: whatever ends us in
 * between, nothing of ours is left that is not on record.
 */
final class Manifest {

    private static final String SCHEMA = "hermes-reaper/service/1";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private final Path file;

    Manifest(Path file) {
        this.file = file;
    }

    /**
     * All entries; none if there is no manifest.
     *
     * @throws ServiceException if it cannot be read, or is not one
     */
    List<Written> read() {
        try {
            JsonObject top = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            if (!SCHEMA.equals(top.get("schema").getAsString())) {
                throw new JsonParseException("schema " + top.get("schema"));
            }
            List<Written> entries = new ArrayList<>();
            for (JsonElement element : top.getAsJsonArray("files")) {
                JsonObject entry = element.getAsJsonObject();
                entries.add(new Written(
                        entry.get("file").getAsString(),
                        entry.get("purpose").getAsString(),
                        entry.get("sha256").getAsString(),
                        Optional.ofNullable(entry.get("before")).map(JsonElement::getAsString),
                        entry.get("madeDirectory").getAsBoolean()));
            }
            return entries;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw ServiceException.unreadable("cannot read " + file + ": " + failure);
        } catch (JsonParseException | IllegalStateException | NullPointerException damaged) {
            throw ServiceException.unreadable(
                    file + " is damaged, so it is not known what was written: look at it, then move it away");
        }
    }

    /** Replaces it as a whole; without entries it is removed. */
    void write(List<Written> entries) throws IOException {
        if (entries.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        JsonArray files = new JsonArray();
        for (Written written : entries) {
            JsonObject entry = new JsonObject();
            entry.addProperty("file", written.file());
            entry.addProperty("purpose", written.purpose());
            entry.addProperty("sha256", written.digest());
            written.before().ifPresent(before -> entry.addProperty("before", before));
            entry.addProperty("madeDirectory", written.madeDirectory());
            files.add(entry);
        }
        JsonObject top = new JsonObject();
        top.addProperty("schema", SCHEMA);
        top.add("files", files);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(directory, Placement.PRIVATE_DIRECTORY);
        }
        Placement.replace(file, (GSON.toJson(top) + "\n").getBytes(StandardCharsets.UTF_8), "rw-------");
    }
}
