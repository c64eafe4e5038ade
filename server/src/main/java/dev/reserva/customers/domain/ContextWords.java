package dev.reserva.customers.domain;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Words of a password's context, which are guessed first: names of the shop and of the login.
 *
 * <ul>
 *   <li>Case, accents, separators and digits or signs in the place of letters make no difference:
 *       {@code R3s-Erv@} is {@code reserva}.
 *   <li>A name counts as a whole and by its parts: {@code ana.lima} also by {@code lima}.
 *   <li>Words and parts shorter than {@value #SHORTEST} characters are ignored. Good passwords
 *       contain such by chance.
 * </ul>
 *
 * @param folded the words in the form in which they are compared
 */
public record ContextWords(Set<String> folded) {

  public static final int SHORTEST = 4;

  public ContextWords {
    folded = Set.copyOf(folded);
  }

  public static ContextWords of(Collection<String> names) {
    Set<String> words = new LinkedHashSet<>();
    for (String name : names) {
      add(name, words);
      for (String part : name.split("[^\\p{L}\\p{M}]+", -1)) {
        add(part, words);
      }
    }
    return new ContextWords(words);
  }

  /**
   * The words of a login: of a user name, or of the local part and the domain of an e-mail address.
   * The last label of the domain, such as {@code info}, is of too many addresses to be a word.
   */
  public static ContextWords ofLogin(String login) {
    int at = login.lastIndexOf('@');
    if (at < 0) {
      return of(List.of(login));
    }
    List<String> names = new ArrayList<>(List.of(login.substring(at + 1).split("\\.", -1)));
    names.removeLast();
    names.add(login.substring(0, at));
    return of(names);
  }

  private static void add(String name, Set<String> words) {
    String word = Folded.of(name).letters().toString();
    if (word.codePointCount(0, word.length()) >= SHORTEST) {
      words.add(word);
    }
  }

  public ContextWords and(ContextWords others) {
    Set<String> all = new LinkedHashSet<>(folded);
    all.addAll(others.folded);
    return new ContextWords(all);
  }

  /**
   * Whether a password is little more than these words: it contains some, and has fewer than {@link
   * Password#MIN_LENGTH} characters besides them. A password must have that many anyway.
   */
  public boolean areBasisOf(Password password) {
    Folded typed = Folded.of(password.value());
    BitSet covered = new BitSet();
    for (String word : folded) {
      for (int at = typed.letters().indexOf(word);
          at >= 0;
          at = typed.letters().indexOf(word, at + 1)) {
        covered.set(typed.origins().get(at), typed.origins().get(at + word.length() - 1) + 1);
      }
    }
    int length = password.value().codePointCount(0, password.value().length());
    return !covered.isEmpty() && length - covered.cardinality() < Password.MIN_LENGTH;
  }

  /**
   * A text in the form in which words are compared.
   *
   * @param origins for each {@code char} of the letters, the index of the character of the text
   *     that it comes from
   */
  private record Folded(StringBuilder letters, List<Integer> origins) {

    static Folded of(String text) {
      Folded folded = new Folded(new StringBuilder(), new ArrayList<>());
      int[] characters = text.codePoints().toArray();
      for (int i = 0; i < characters.length; i++) {
        String plain =
            Normalizer.normalize(Character.toString(characters[i]), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT);
        for (int letter : plain.codePoints().map(Folded::lookalike).toArray()) {
          if (Character.isLetterOrDigit(letter)) {
            folded.letters().appendCodePoint(letter);
            folded.origins().addAll(Collections.nCopies(Character.charCount(letter), i));
          }
        }
      }
      return folded;
    }

    /** One of the letters, digits and signs that are typed for each other. */
    private static int lookalike(int letter) {
      return switch (letter) {
        case '0' -> 'o';
        case '1', '!', '|', 'l' -> 'i';
        case '3' -> 'e';
        case '4', '@' -> 'a';
        case '5', '$' -> 's';
        case '7' -> 't';
        default -> letter;
      };
    }
  }
}
