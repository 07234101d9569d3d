// The memory of a tape: the lecture's function recorded, forgotten, and recorded again in the same
// place.
#include "02_scalar/tape.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

// f(x, y), recorded; notes how often the tape had to ask for more memory
struct Recording {
  Recording(Tape& tape, double at_x, double at_y) : capacity(tape.capacity()) {
    const Taped x = noted(tape, tape.variable(at_x));
    const Taped squared = noted(tape, pow(x, 2)), sum = noted(tape, squared + 1.0);
    const Taped logarithm = noted(tape, log(sum)), y = noted(tape, tape.variable(at_y));
    const Taped power = noted(tape, exp(y)), left = noted(tape, logarithm * power);
    const Taped y_squared = noted(tape, pow(y, 2)), right = noted(tape, y_squared * x);
    tape.backward(noted(tape, left + right));
  }

  Taped noted(const Tape& tape, const Taped& result) {
    growths += tape.capacity() != capacity ? 1 : 0;
    capacity = tape.capacity();
    return result;
  }

  std::size_t capacity;
  int growths = 0;
};

constexpr const char* kNames[] = {"constants", "x",         "x²", "x² + 1", "log", "y",
                                  "exp y",     "log · exp", "y²", "y² · x", "f"};

// "20.0855 → 4, 1.60944 → 6": the partials, and the places that they belong to
std::string shares(const Tape::Entry& entry) {
  std::string text;
  for (int k = 0; k < 2; ++k) {
    if (entry.inputs[k] == 0) continue;
    text +=
        fmt::format("{}{:g} → {}", text.empty() ? "" : ", ", entry.partials[k], entry.inputs[k]);
  }
  return text.empty() ? " " : text;
}

// The memory of a tape as a table of Graphviz's, a row for each place
std::string table(const char* id, const Tape& tape, const std::string& title, bool with_names) {
  const auto entries = tape.entries();
  std::string rows;
  for (std::size_t i = 0; i < tape.capacity(); ++i) {
    const bool used = i < entries.size();
    rows += fmt::format("<TR><TD BORDER=\"0\" ALIGN=\"RIGHT\">{}</TD>", i);
    if (with_names)
      rows += fmt::format("<TD BORDER=\"0\" ALIGN=\"LEFT\">{}</TD>", used ? kNames[i] : " ");
    rows += fmt::format("<TD ALIGN=\"LEFT\" {}>{}</TD></TR>", used ? "" : "STYLE=\"dashed\"",
                        used ? shares(entries[i]) : " ");
  }
  return fmt::format(
      "  {} [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"3\">"
      "<TR><TD BORDER=\"0\" COLSPAN=\"{}\"><B>{}</B><BR/>{} of {} places</TD></TR>{}</TABLE>>]\n",
      id, with_names ? 3 : 2, title, entries.size(), tape.capacity(), rows);
}

void draw(const std::filesystem::path& folder) {
  Tape tape;
  const Recording first(tape, 2, 3);
  const auto* place = tape.entries().data();
  std::string dot =
      "digraph {\n  graph [rankdir=LR, nodesep=0.1, ranksep=0.15, margin=0.05]\n"
      "  node [shape=plain, fontname=Helvetica, fontsize=13]\n  edge [style=invis]\n";
  dot += table("first", tape, "recorded at (2, 3)", true);
  tape.clear();
  dot += table("cleared", tape, "cleared", false);
  const Recording second(tape, 1, 2);
  dot += table("second", tape, "recorded at (1, 2)", false);
  if (first.growths == 0 || second.growths != 0 || tape.entries().data() != place)
    throw std::runtime_error("the second recording did not find the memory of the first");
  write_output(folder / "tape_memory.dot", dot + "  first -> cleared -> second\n}\n");
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
