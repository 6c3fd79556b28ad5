package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;

/** The file in a multipart form (RFC 7578). */
record Upload(String filename, String contentType, byte[] bytes) {
  private static final String FIELD = "file";

  /** The field {@code file} of the call's body. */
  static Upload in(Call call) throws Failed {
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            call.path(),
            Unpooled.wrappedBuffer(call.body().bytes()));
    request.headers().set("content-type", call.header("content-type"));
    if (HttpPostRequestDecoder.isMultipart(request)) {
      try {
        var decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
        try {
          InterfaceHttpData field = decoder.getBodyHttpData(FIELD);
          if (field instanceof FileUpload file && file.isCompleted()) {
            return new Upload(file.getFilename(), file.getContentType(), file.get());
          }
        } finally {
          decoder.destroy();
        }
      } catch (IOException | HttpPostRequestDecoder.ErrorDataDecoderException e) {
        throw new Failed(Failure.invalid("The multipart form cannot be read: " + e.getMessage()));
      }
    }
    throw new Failed(Failure.invalid("file: Field required, in a multipart form"));
  }
}
