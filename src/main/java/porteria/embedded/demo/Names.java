package porteria.embedded.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Invents names in the Chilean way: two first names, then a surname of each parent. */
final class Names {

  private static final List<String> GIRLS =
      List.of(
          "Agustina",
          "Amanda",
          "Antonia",
          "Camila",
          "Catalina",
          "Constanza",
          "Emilia",
          "Fernanda",
          "Florencia",
          "Isidora",
          "Javiera",
          "Josefa",
          "Julieta",
          "Magdalena",
          "Maite",
          "Pascuala",
          "Rafaela",
          "Rocío",
          "Sofía",
          "Trinidad",
          "Valentina");

  private static final List<String> BOYS =
      List.of(
          "Alonso",
          "Bastián",
          "Benjamín",
          "Cristóbal",
          "Diego",
          "Facundo",
          "Gabriel",
          "Ignacio",
          "Joaquín",
          "León",
          "Lucas",
          "Martín",
          "Matías",
          "Nicolás",
          "Renato",
          "Santiago",
          "Simón",
          "Tomás",
          "Vicente");

  private static final List<String> WOMEN =
      List.of(
          "Andrea",
          "Carolina",
          "Claudia",
          "Daniela",
          "Francisca",
          "Jimena",
          "Lorena",
          "Marcela",
          "Mónica",
          "Pamela",
          "Paulina",
          "Sandra",
          "Soledad",
          "Verónica",
          "Ximena",
          "Yasna");

  private static final List<String> MEN =
      List.of(
          "Álvaro",
          "Carlos",
          "Cristián",
          "Eduardo",
          "Gonzalo",
          "Hernán",
          "Jorge",
          "Luis",
          "Marcelo",
          "Mauricio",
          "Óscar",
          "Patricio",
          "Raúl",
          "Rodrigo",
          "Sergio",
          "Víctor");

  private static final List<String> SURNAMES =
      List.of(
          "Aguilera",
          "Alarcón",
          "Araya",
          "Arriagada",
          "Bustos",
          "Cáceres",
          "Carrasco",
          "Catrileo",
          "Cisternas",
          "Contreras",
          "Curihual",
          "Donoso",
          "Escobar",
          "Figueroa",
          "Fuentealba",
          "Gallardo",
          "Godoy",
          "Henríquez",
          "Huenchumán",
          "Inostroza",
          "Jara",
          "Labra",
          "Leiva",
          "Llanquileo",
          "Mardones",
          "Montecinos",
          "Navarrete",
          "Norambuena",
          "Ñancupil",
          "Olivares",
          "Orellana",
          "Painemal",
          "Peñailillo",
          "Quezada",
          "Quilodrán",
          "Riffo",
          "Saavedra",
          "Sanhueza",
          "Sepúlveda",
          "Tapia",
          "Toro",
          "Ulloa",
          "Urrutia",
          "Valdebenito",
          "Vergara",
          "Yáñez",
          "Zambrano",
          "Zúñiga");

  private final Random random;
  private final Set<String> taken = new HashSet<>();

  Names(Random random) {
    this.random = random;
  }

  String surname() {
    return any(SURNAMES);
  }

  /** A child of parents with these surnames; nobody else of the school has the name. */
  String child(String ofFather, String ofMother) {
    List<String> first = random.nextBoolean() ? GIRLS : BOYS;
    return unique(() -> two(first) + " " + ofFather + " " + ofMother);
  }

  /** A grown woman; nobody else of the school has the name. */
  String woman(String surname) {
    return unique(() -> two(WOMEN) + " " + surname + " " + any(SURNAMES));
  }

  /** A grown man; nobody else of the school has the name. */
  String man(String surname) {
    return unique(() -> two(MEN) + " " + surname + " " + any(SURNAMES));
  }

  private String two(List<String> names) {
    String first = any(names);
    String second = any(names);
    return first.equals(second) ? first : first + " " + second;
  }

  private String unique(Supplier<String> maker) {
    String name = maker.get();
    while (!taken.add(name)) {
      name = maker.get();
    }
    return name;
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }
}
