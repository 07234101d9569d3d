#include "bench/synthetic_class.hpp"

#include <fmt/format.h>

#include <random>
#include <regex>

#include "author/mutants.hpp"
#include "book/stub_text.hpp"

namespace gradbook {
namespace {

// The same on every machine, which the distributions of the standard library are not
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }

 private:
  std::mt19937_64 engine_;
};

// The same program in a student's own words: a remark, a helper that nobody calls, and where there
// is a variable of that name, another name for it
std::string in_own_words(const std::string& text, int student, Dice& dice) {
  const std::string remark =
      fmt::format("// Student {}, draft {}\n", student, 1 + dice.below(1000));
  std::string result = remark + text;
  if (dice.below(2) == 0) {
    static const std::regex kLocal("\\bresult\\b");
    result = std::regex_replace(result, kLocal, fmt::format("answer_{}", student));
  }
  if (dice.below(2) == 0) {
    result += fmt::format(
        "\nnamespace {{\n[[maybe_unused]] int tries_{}() {{ return {}; }}\n}}  // namespace\n",
        student, dice.below(100));
  }
  return result;
}

Made draw_kind(Dice& dice) {
  const std::size_t die = dice.below(12);
  if (die < 3) return Made::stub;
  if (die < 5) return Made::solution;
  return die < 9 ? Made::variant : Made::mutant;
}

}  // namespace

MadeClass make_synthetic_class(const Book& book, const std::vector<const Exercise*>& exercises,
                               const fs::path& folder, int students, std::uint64_t seed) {
  Dice dice(seed);
  MadeClass made;
  for (const Exercise* e : exercises) {
    const std::string solution = read_file(book.solution(*e));
    const std::string stub = stub_from_solution(solution, e->id, book.solution(*e).string());
    const std::vector<Mutant> mutants = read_mutants(book.mutants(*e));
    for (int i = 0; i < students; ++i) {
      const std::string student = fmt::format("student_{:03}", i);
      const Made kind = draw_kind(dice);
      std::string text = kind == Made::stub ? stub : solution;
      if (kind == Made::mutant) text = apply(mutants[dice.below(mutants.size())], solution);
      if (kind == Made::variant || (kind == Made::mutant && dice.below(2) == 0))
        text = in_own_words(text, i, dice);

      const fs::path file = folder / student / Book::stub_path(*e);
      fs::create_directories(file.parent_path());
      write_atomically(file, text);
      made[student][e->id] = kind;
    }
  }
  return made;
}

}  // namespace gradbook
