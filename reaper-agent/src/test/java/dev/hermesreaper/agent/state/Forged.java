package dev.hermesreaper.agent.state;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Files with a right checksum and a wrong content, as only a forger or a bug could write them. */
final class Forged {

    private Forged() {}

    static byte[] file(String... lines) {
        StringBuilder text = new StringBuilder("{\"schema\":\"hermes-reaper/sightings/1\",\"sightings\":[\n");
        for (String line : lines) {
            text.append(line).append('\n');
        }
        CRC32C checksum = new CRC32C();
        checksum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append("],\"crc32c\":\"%08x\"}\n".formatted(checksum.getValue()))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
