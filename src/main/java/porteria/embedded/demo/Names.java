package porteria.embedded.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Invents names in the Chilean way: two first names, then a surname of each parent. */
final class Names {

  private static final List<String> FIRST =
      List.of(
          "Agustina",
          "Alonso",
          "Amanda",
          "Antonia",
          "Bastián",
          "Benjamín",
          "Camila",
          "Catalina",
          "Constanza",
          "Cristóbal",
          "Diego",
          "Emilia",
          "Facundo",
          "Fernanda",
          "Florencia",
          "Gabriel",
          "Ignacio",
          "Isidora",
          "Javiera",
          "Joaquín",
          "Josefa",
          "Julieta",
          "León",
          "Lucas",
          "Magdalena",
          "Martín",
          "Matías",
          "Maite",
          "Nicolás",
          "Pascuala",
          "Rafaela",
          "Renato",
          "Rocío",
          "Santiago",
          "Simón",
          "Sofía",
          "Tomás",
          "Trinidad",
          "Valentina",
          "Vicente");

  private static final List<String> GROWN =
      List.of(
          "Álvaro",
          "Andrea",
          "Carlos",
          "Carolina",
          "Claudia",
          "Cristián",
          "Daniela",
          "Eduardo",
          "Francisca",
          "Gonzalo",
          "Hernán",
          "Jorge",
          "Lorena",
          "Marcela",
          "Marcelo",
          "Mónica",
          "Pamela",
          "Patricio",
          "Paulina",
          "Rodrigo",
          "Sergio",
          "Soledad",
          "Verónica",
          "Ximena");

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
    return unique(() -> two(FIRST) + " " + ofFather + " " + ofMother);
  }

  /** A grown-up; nobody else of the school has the name. */
  String grown(String surname) {
    return unique(() -> two(GROWN) + " " + surname + " " + any(SURNAMES));
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
