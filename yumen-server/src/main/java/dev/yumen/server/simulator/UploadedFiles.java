package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/files}: uploads kept in memory until the provider is closed. */
final class UploadedFiles {
  /** In bytes, for all together. */
  private static final long MOST = 128L * 1024 * 1024;

  private final Ids ids;
  private final InstantSource clock;
  private final Map<String, Stored> all = new LinkedHashMap<>();
  private long size;

  UploadedFiles(Ids ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  private record Stored(String id, Instant created, Upload upload) {
    ObjectNode node() {
      return Json.typed("file")
          .put("id", id)
          .put("filename", upload.filename())
          .put("mime_type", upload.contentType())
          .put("size_bytes", upload.bytes().length)
          .put("created_at", created.toString())
          .put("downloadable", true);
    }
  }

  Outgoing answer(Call call, List<String> path) throws Failed {
    if (path.isEmpty()) {
      return call.method().equals("POST") ? create(call) : list(call);
    }
    Stored file = all.get(path.getFirst());
    if (file == null) {
      throw new Failed(Failure.notFound("File not found: " + path.getFirst()));
    }
    if (path.size() == 1 && call.method().equals("DELETE")) {
      all.remove(file.id());
      size -= file.upload().bytes().length;
      return Outgoing.json(Json.object().put("id", file.id()).put("type", "file_deleted"));
    }
    Routes.expect(call, "GET");
    if (path.size() == 1) {
      return Outgoing.json(file.node());
    }
    if (path.size() == 2 && path.get(1).equals("content")) {
      return Outgoing.of(200, file.upload().contentType(), file.upload().bytes());
    }
    throw new Failed(Failure.of(404));
  }

  private Outgoing create(Call call) throws Failed {
    Upload upload = Upload.in(call);
    if (size + upload.bytes().length > MOST) {
      throw new Failed(
          new Failure(403, "permission_error", "Storage limit exceeded: delete files first."));
    }
    var file = new Stored(ids.file(), clock.instant(), upload);
    all.put(file.id(), file);
    size += upload.bytes().length;
    return Outgoing.json(file.node());
  }

  private Outgoing list(Call call) throws Failed {
    Routes.expect(call, "GET");
    List<Stored> newestFirst = new ArrayList<>(all.values()).reversed();
    return Outgoing.json(Page.of(newestFirst, Stored::id, Stored::node, call));
  }
}
