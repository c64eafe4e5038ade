package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The catalogue as CSV over HTTP. */
class ProductFilesIT {

  private static final String IMPORT = "/api/inventory/products/import";
  private static final Map<String, String> CSV = Map.of("Content-Type", "text/csv");

  private final Shop shop = SharedServer.get().shop();
  private final String prefix = "F" + UUID.randomUUID().toString().substring(0, 8) + "-";

  @Test
  void a_file_creates_and_updates_products_and_tells_what_is_wrong() {
    String file =
        "sku;name;price;currency;stock\n"
            + prefix
            + "1;Caneca é;12.50;BRL;3\n"
            + prefix
            + "2;Mat;x;BRL;3\n"
            + prefix
            + "1;Again;1.00;BRL;3\n";

    JsonNode tried = report(IMPORT + "?dryRun=true", file, CSV);
    assertThat(tried.path("created").asInt()).isEqualTo(1);
    assertThat(shop.all("/api/inventory/products?sku=" + prefix + "1")).isEmpty();

    JsonNode first = report(IMPORT, file, CSV);
    assertThat(first).isEqualTo(tried);
    assertThat(first.path("lines").asInt()).isEqualTo(3);
    assertThat(first.path("refused").asInt()).isEqualTo(2);
    assertThat(first.at("/errors/0/line").asInt()).isEqualTo(3);
    assertThat(first.at("/errors/0/field").asString()).isEqualTo("price");
    assertThat(first.at("/errors/1/message").asString()).isEqualTo("is in line 2 already");
    JsonNode mug = shop.all("/api/inventory/products?sku=" + prefix + "1").getFirst();
    assertThat(mug.path("name").asString()).isEqualTo("Caneca é");
    assertThat(mug.path("stock").asInt()).isEqualTo(3);

    JsonNode second = report(IMPORT, "sku,active\n" + prefix + "1,false\n", CSV);
    assertThat(second.path("updated").asInt()).isEqualTo(1);
    assertThat(report(IMPORT, "sku,active\n" + prefix + "1,false\n", CSV).path("unchanged").asInt())
        .isEqualTo(1);
    shop.assertIntegrity();
  }

  @Test
  void the_whole_catalogue_is_exported_and_imported_without_a_change() {
    StringBuilder file = new StringBuilder("sku,name,description,price,currency,stock,minStock\n");
    for (int i = 0; i < 1_200; i++) {
      file.append(prefix).append(i).append(",=Mug ").append(i).append(",\"a, b\",1.00,BRL,5,2\n");
    }
    assertThat(report(IMPORT, file.toString(), CSV).path("created").asInt()).isEqualTo(1_200);

    Shop.Reply exported = shop.get("/api/inventory/products/export").expect(200);
    String text = exported.response().body();
    assertThat(exported.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(text).contains(prefix + "1199,'=Mug 1199,\"a, b\",,1.00,BRL,,,5,2,true");
    JsonNode again = report(IMPORT, text, CSV);
    assertThat(again.path("unchanged").asLong()).isEqualTo(text.lines().count() - 1);
    assertThat(again.path("lines").asLong()).isEqualTo(again.path("unchanged").asLong());
  }

  @Test
  void the_same_request_again_gets_the_first_answer() {
    Map<String, String> headers =
        Map.of("Content-Type", "text/csv; charset=utf-8", "Idempotency-Key", prefix);
    String file = "sku,name,price,currency,stock\n" + prefix + "1,Mug,1.00,BRL,3\n";

    JsonNode first = report(IMPORT, file, headers);
    Shop.Reply second = shop.send("POST", IMPORT, file, headers).expect(200);
    assertThat(second.body()).isEqualTo(first);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    shop.send("POST", IMPORT, file + "\n" + prefix + "2,Mug,1.00,BRL,3\n", headers).expect(422);
  }

  @Test
  void what_is_no_csv_file_is_refused_and_changes_nothing() {
    String file = "sku,name,price,currency,stock\n" + prefix + "1,Mug,1.00,BRL,3\n";
    shop.send("POST", IMPORT, file, Map.of("Content-Type", "application/json")).expect(415);
    shop.send("POST", IMPORT, file, Map.of("Content-Type", "text/plain")).expect(415);
    shop.send("POST", IMPORT, file, Map.of("Content-Type", "text/csv;charset=latin1")).expect(415);
    shop.send("POST", "/api/orders", file, CSV).expect(415);
    shop.send("POST", IMPORT, file + "\"never closed", CSV).expect(400);
    shop.send("POST", IMPORT, "", CSV).expect(400);
    shop.send("POST", IMPORT + "?dryRun=perhaps", file, CSV).expect(400);
    shop.send("POST", IMPORT, "x".repeat(32 * 1024 * 1024 + 1), CSV).expect(413);

    assertThat(shop.all("/api/inventory/products?sku=" + prefix + "1")).isEmpty();
  }

  private JsonNode report(String path, String file, Map<String, String> headers) {
    return shop.send("POST", path, file, headers).expect(200).body();
  }
}
