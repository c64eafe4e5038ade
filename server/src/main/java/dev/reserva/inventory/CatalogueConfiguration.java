package dev.reserva.inventory;

import dev.reserva.inventory.adapters.postgres.PostgresBundles;
import dev.reserva.inventory.adapters.web.InventoryRoutes;
import dev.reserva.inventory.adapters.web.ProductController;
import dev.reserva.inventory.adapters.web.ProductFilesController;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.Bundles;
import dev.reserva.inventory.application.ChangeProduct;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ImportProducts;
import dev.reserva.inventory.application.Locations;
import dev.reserva.inventory.application.Products;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Uploads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what creates and changes products. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

  @Bean
  Bundles inventoryBundles() {
    return new PostgresBundles();
  }

  @Bean
  ProductFilesController productFilesController(
      Commands commands,
      Transactions transactions,
      Products products,
      Locations locations,
      Bundles bundles,
      AdjustStock adjustStock,
      Ids ids) {
    return new ProductFilesController(
        commands,
        transactions,
        products,
        new ImportProducts(
            products, new CreateProduct(products, locations, bundles, adjustStock, ids)));
  }

  @Bean
  Uploads productUploads() {
    return InventoryRoutes.uploads();
  }

  @Bean
  ProductController productController(
      Commands commands,
      Transactions transactions,
      Products products,
      Locations locations,
      Bundles bundles,
      AdjustStock adjustStock,
      Ids ids) {
    return new ProductController(
        commands,
        transactions,
        products,
        new CreateProduct(products, locations, bundles, adjustStock, ids),
        new ChangeProduct(products, bundles));
  }
}
