package dev.reserva.inventory.adapters.web;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bodies of requests that create or change products. */
final class ProductBodies {

  private static final String TAX_RATE =
      "A decimal of 0 to below 1 with at most 6 digits after the point: `0.19` is 19 %. Empty for none.";

  private static final String TAX_CODE = "What the product is for the tax. Empty for none.";

  private static final String BACKORDER =
      "Whether orders may wait for stock that has not arrived. Without it they may not.";

  private static final String BUNDLE =
      "What one unit consists of: other products, each once, that are no bundles. The product has no"
          + " stock of its own then, and remains a bundle.";

  private ProductBodies() {}

  /** {@code POST /api/inventory/products} */
  record NewProduct(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "MUG-01") @NotFreeText
          @Nullable String sku,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "Mug") @Nullable String name,
      @Nullable String description,
      @Schema(example = "kitchen") @Nullable String category,
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable Money price,
      @Schema(example = "0.19", description = TAX_RATE) @Nullable String taxRate,
      @Schema(example = "books", description = TAX_CODE) @Nullable String taxCode,
      @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "0", example = "100")
          @Nullable Integer stock,
      @Schema(
              description = "Where the first stock is.",
              minLength = 1,
              maxLength = LocationCode.MAX_LENGTH,
              defaultValue = Locations.MAIN)
          @Nullable String location,
      @Schema(minimum = "0", example = "5") @Nullable Integer minStock,
      @Schema(description = BACKORDER) @Nullable BackorderBody backorder,
      @ArraySchema(minItems = 1, maxItems = Bundle.MOST_PARTS) @Schema(description = BUNDLE)
          @Nullable List<@Nullable PartBody> bundle) {

    CreateProduct.Draft parsed() {
      var errors = new InputErrors();
      var parsedSku = errors.required("/sku", sku, Sku::parse);
      var parsedName = errors.required("/name", name, ProductName::new);
      var parsedDescription = errors.optional("/description", description, Description::new);
      var parsedCategory = errors.optional("/category", category, Category::new);
      var parsedPrice = errors.required("/price", price);
      var parsedTaxRate = errors.optional("/taxRate", taxRate, ProductTaxRate::parse);
      var parsedTaxCode = errors.optional("/taxCode", taxCode, TaxCode::new);
      var parsedStock = errors.required("/stock", stock, PhysicalStock::new);
      var parsedLocation = errors.optional("/location", location, LocationCode::of);
      var parsedMinStock = errors.optional("/minStock", minStock, MinStock::new);
      var parsedBackorder = backorder == null ? null : backorder.parsed(errors);
      var parsedBundle = PartBody.parsed(bundle, errors);
      errors.throwIfAny();
      return new CreateProduct.Draft(
          present(parsedSku),
          present(parsedName),
          parsedDescription == null ? Description.NONE : parsedDescription,
          parsedCategory == null ? Category.NONE : parsedCategory,
          present(parsedPrice),
          parsedTaxRate == null ? ProductTaxRate.NONE : parsedTaxRate,
          parsedTaxCode == null ? TaxCode.NONE : parsedTaxCode,
          present(parsedStock),
          parsedLocation == null ? LocationCode.MAIN : parsedLocation,
          parsedMinStock == null ? MinStock.NONE : parsedMinStock,
          parsedBackorder == null ? Backorder.DENIED : parsedBackorder,
          parsedBundle == null ? Bundle.NONE : parsedBundle);
    }
  }

  /** {@code PUT /api/inventory/products/{id}}: what is left out stays as it is. */
  record ChangedProduct(
      @NotFreeText @Nullable String sku,
      @Schema(example = "Large mug") @Nullable String name,
      @Nullable String description,
      @Nullable String category,
      @Nullable Money price,
      @Schema(example = "0.19", description = TAX_RATE) @Nullable String taxRate,
      @Schema(example = "books", description = TAX_CODE) @Nullable String taxCode,
      @Schema(minimum = "0") @Nullable Integer minStock,
      @Schema(description = BACKORDER) @Nullable BackorderBody backorder,
      @Nullable Boolean active,
      @ArraySchema(minItems = 1, maxItems = Bundle.MOST_PARTS) @Schema(description = BUNDLE)
          @Nullable List<@Nullable PartBody> bundle) {

    Product.Change parsed() {
      var errors = new InputErrors();
      var change =
          new Product.Change(
              errors.optional("/sku", sku, Sku::parse),
              errors.optional("/name", name, ProductName::new),
              errors.optional("/description", description, Description::new),
              errors.optional("/category", category, Category::new),
              price,
              errors.optional("/taxRate", taxRate, ProductTaxRate::parse),
              errors.optional("/taxCode", taxCode, TaxCode::new),
              errors.optional("/minStock", minStock, MinStock::new),
              backorder == null ? null : backorder.parsed(errors),
              active,
              PartBody.parsed(bundle, errors));
      errors.throwIfAny();
      return change;
    }
  }

  /** A value whose absence has been refused already. */
  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
