import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes type annotations such as {@code @Nullable} from the record components in class files.
 *
 * <p>Mutation tests replace classes at run time, and a JVM cannot replace a record whose components
 * have type annotations (JDK-8376185, pitest issue 1285).
 *
 * <p>Usage: {@code java StripRecordAnnotations.java FOLDER}
 */
final class StripRecordAnnotations {

  private static final ClassFile FORMAT = ClassFile.of();

  private static final ClassTransform STRIP =
      (builder, element) -> {
        if (element instanceof RecordAttribute record) {
          builder.with(
              RecordAttribute.of(
                  record.components().stream().map(StripRecordAnnotations::stripped).toList()));
        } else {
          builder.with(element);
        }
      };

  private StripRecordAnnotations() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    files.forEach(StripRecordAnnotations::strip);
  }

  private static void strip(Path file) {
    try {
      ClassModel model = FORMAT.parse(file);
      if (model.elementStream().anyMatch(RecordAttribute.class::isInstance)) {
        Files.write(file, FORMAT.transformClass(model, STRIP));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordComponentInfo stripped(RecordComponentInfo component) {
    return RecordComponentInfo.of(
        component.name(),
        component.descriptor(),
        component.attributes().stream()
            .filter(attribute -> !(attribute instanceof RuntimeVisibleTypeAnnotationsAttribute))
            .toList());
  }
}
