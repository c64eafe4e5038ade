package dev.reserva.platform.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the keys of an OpenID issuer by its discovery document (OpenID Connect Discovery 1.0, 4).
 * Both documents are fetched each time, since an issuer may move its keys.
 */
final class OpenIdDiscovery implements IssuerKeys.Fetch {

  private static final String DOCUMENT = "/.well-known/openid-configuration";
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 2_000;
  private static final int MOST_BYTES = 256 * 1024;

  private final String issuer;
  private final DefaultResourceRetriever http = new WithoutRedirects();

  OpenIdDiscovery(String issuer) {
    this.issuer = issuer;
  }

  @Override
  public JWKSet keys() throws IOException {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    try {
      Map<String, Object> document = JSONObjectUtils.parse(text(base + DOCUMENT));
      String named = JSONObjectUtils.getString(document, "issuer");
      if (!issuer.equals(named)) {
        throw new IOException(
            "the discovery document names the issuer %s instead of %s".formatted(named, issuer));
      }
      String keys = Objects.requireNonNullElse(JSONObjectUtils.getString(document, "jwks_uri"), "");
      if (!keys.startsWith("https://") && !keys.startsWith("http://")) {
        throw new IOException("jwks_uri must be an http or https URL, was \"%s\"".formatted(keys));
      }
      return JWKSet.parse(text(keys));
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException("the issuer's answer is ill-formed: " + e.getMessage(), e);
    }
  }

  private String text(String url) throws IOException {
    return http.retrieveResource(URI.create(url).toURL()).getContent();
  }

  /** A redirect would let another host answer in the issuer's place. */
  private static final class WithoutRedirects extends DefaultResourceRetriever {

    WithoutRedirects() {
      super(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }
  }
}
