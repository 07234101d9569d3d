// What module 05 can do once it is done: runs one network in the four ways of the chapter, trains
// it in each, and draws its graph and its tape.
#include <fmt/core.h>

#include <cmath>
#include <exception>
#include <filesystem>
#include <map>
#include <string>

#include "00_course/output.hpp"
#include "05_modules/four_ways.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kExamples = 7, kInputs = 4, kHidden = 5, kClasses = 3;
constexpr int kSteps = 500;
constexpr Real kRate = 1;

Matrix drawn(std::size_t rows, std::size_t columns, Random& random) {
  auto numbers = Matrix::from_shape({rows, columns});
  for (Real& x : numbers) x = static_cast<Real>(random.uniform(-1, 1));
  return numbers;
}

// What all four get: examples, what is right, and parameters
struct Data {
  explicit Data(Random random)
      : x(drawn(kExamples, kInputs, random)),
        y(xt::zeros<Real>({kExamples, kClasses})),
        alpha(drawn(kHidden, kInputs, random)),
        beta(drawn(kClasses, kHidden, random)) {
    for (std::size_t n = 0; n < kExamples; ++n) y(n, random.below(kClasses)) = 1;
  }
  Matrix x, y, alpha, beta;
};

double furthest(const Matrix& a, const Matrix& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    most = std::fmax(most, std::fabs(double{a.data()[i]} - double{b.data()[i]}));
  return most;
}

// ---- side by side -------------------------------------------------------------------------------

void print_passes(const Data& data) {
  fmt::print("{:<19}{:<20}{:<20}{:<20}{}\n", "one pass", "loss", "gradient of α(0, 0)",
             "gradient of β(0, 0)", "furthest from the first");
  const WayResult first = kFourWays[0].passes(data.x, data.y, data.alpha, data.beta);
  for (const Way& way : kFourWays) {
    const WayResult r = way.passes(data.x, data.y, data.alpha, data.beta);
    const double off = std::fmax(std::fabs(double{r.loss} - double{first.loss}),
                                 std::fmax(furthest(r.grad_alpha, first.grad_alpha),
                                           furthest(r.grad_beta, first.grad_beta)));
    fmt::print("{:<19}{:<20.15f}{:<20.15f}{:<20.15f}{:.1e}\n", way.name, r.loss, r.grad_alpha(0, 0),
               r.grad_beta(0, 0), off);
  }
}

void print_training(const Data& data) {
  fmt::print("\n{:<19}{:<20}{:<20}{:<20}{}\n", fmt::format("{} steps", kSteps), "loss", "α(0, 0)",
             "β(0, 0)", "furthest from the first");
  Matrix first_alpha, first_beta;
  for (const Way& way : kFourWays) {
    Matrix alpha = data.alpha, beta = data.beta;
    Real loss = 0;
    for (int step = 0; step < kSteps; ++step) {
      const WayResult r = way.passes(data.x, data.y, alpha, beta);
      alpha -= kRate * r.grad_alpha;
      beta -= kRate * r.grad_beta;
      loss = r.loss;
    }
    if (first_alpha.size() == 0) first_alpha = alpha, first_beta = beta;
    fmt::print("{:<19}{:<20.15f}{:<20.15f}{:<20.15f}{:.1e}\n", way.name, loss, alpha(0, 0),
               beta(0, 0), std::fmax(furthest(alpha, first_alpha), furthest(beta, first_beta)));
  }
}

// ---- pictures -----------------------------------------------------------------------------------

// The network of the third way, each of whose outputs has a name
struct Drawn {
  explicit Drawn(const Data& data) : x(data.x), y(data.y), alpha(data.alpha), beta(data.beta) {}

  Input x, y;
  Parameter alpha, beta;
  LinearMap first, second;
  Sigmoid sigmoid;
  Softmax softmax;
  CrossEntropy loss;

  std::vector<std::pair<Module*, const char*>> all() {
    return {{&x, "x"},      {&alpha, "α"},   {&first, "a"}, {&sigmoid, "z"}, {&beta, "β"},
            {&second, "b"}, {&softmax, "ŷ"}, {&y, "y"},     {&loss, "J"}};
  }

  // The modules that compute, each applied to what went before, with a look at the tape after each
  template <class Look>
  void forward(Look look) {
    look(first.apply_fwd({&x, &alpha}));
    look(sigmoid.apply_fwd({&first}));
    look(second.apply_fwd({&sigmoid, &beta}));
    look(softmax.apply_fwd({&second}));
    look(loss.apply_fwd({&softmax, &y}));
    loss.out_gradient = xt::ones<Real>({1, 1});
  }
};

std::string shape_text(const Matrix& m) { return shape_of(m).text().c_str(); }

// Modules with the shape of what they gave; edges with the shape of the gradient that came back
void write_graph(const std::filesystem::path& folder, const Data& data) {
  Drawn network(data);
  network.forward([](Module&) {});
  tape_bwd();
  Output dot(folder / "module_graph.dot");
  dot.print(
      "digraph {{\n"
      "  graph [rankdir=LR, nodesep=0.3, ranksep=0.55, margin=0.05]\n"
      "  node [shape=box, style=rounded, fontname=Helvetica, fontsize=14, margin=\"0.1,0.05\"]\n"
      "  edge [arrowsize=0.7, fontname=Helvetica, fontsize=13]\n");
  std::map<const Module*, std::size_t> number;
  for (const auto& [module, output] : network.all()) {
    const std::size_t id = number.size();
    number[module] = id;
    const bool leaf = module->in_modules.empty();
    dot.print("  m{} [label=\"{}{}\\n{}\"{}]\n", id,
              leaf ? "" : std::string(module->name()) + "\\n", output,
              shape_text(module->out_tensor),
              !leaf                      ? ""
              : module->wants_gradient() ? ", penwidth=2.2"
                                         : ", style=\"rounded,dashed\"");
    for (const Module* input : module->in_modules)
      dot.print("  m{} -> m{}{}\n", number.at(input), id,
                input->wants_gradient()
                    ? fmt::format(" [label=\"grad\\n{}\"]", shape_text(input->out_gradient))
                    : "");
  }
  dot.print("}}\n");
  dot.close();
}

// A stack as a table of Graphviz's: what is on it, the last on top, in a frame of a fixed height
std::string stack(std::size_t frame, const std::vector<std::string>& names, bool top_leaves,
                  const std::string& below) {
  std::string rows;
  for (std::size_t i = frame; i-- > 0;) {
    const bool there = i < names.size(), top = i + 1 == names.size();
    rows += fmt::format("<TR><TD {}>{}</TD></TR>",
                        !there              ? "BORDER=\"0\""
                        : top && top_leaves ? "STYLE=\"dashed\""
                                            : "",
                        !there ? " "
                        : top  ? "<B>" + names[i] + "</B>"
                               : names[i]);
  }
  return fmt::format(
      "[label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"4\">"
      "{}<TR><TD BORDER=\"0\">{}</TD></TR></TABLE>>]",
      rows, below);
}

// Above the tape after each apply_fwd, from left to right; below it before each apply_bwd, from
// right to left, with the gradients that this one gave
void write_tape(const std::filesystem::path& folder, const Data& data) {
  constexpr std::size_t kModules = 5;
  Drawn network(data);
  std::map<const Module*, std::string> outputs;
  for (const auto& [module, output] : network.all()) outputs[module] = output;
  std::vector<std::string> names;
  std::string dot =
      "digraph {\n"
      "  graph [rankdir=LR, nodesep=0.3, ranksep=0.3, margin=0.05]\n"
      "  node [shape=plain, fontname=Helvetica, fontsize=13]\n  edge [arrowsize=0.7]\n";
  network.forward([&](const Module& module) {
    names.emplace_back(module.name());
    dot += fmt::format("  f{} {}\n", tape().size(),
                       stack(kModules, names, false, outputs.at(&module) + " is computed"));
  });
  while (!tape().empty()) {
    const std::size_t height = tape().size();
    Module& module = tape().pop();
    module.apply_bwd();
    std::string given;
    for (const Module* input : module.in_modules) {
      if (input->wants_gradient()) given += (given.empty() ? "" : ", ") + outputs.at(input);
    }
    dot += fmt::format("  b{} {}\n  {{rank=same; f{} b{}}}\n", height,
                       stack(kModules, names, true, "gradient of " + given), height, height);
    names.pop_back();
  }
  for (std::size_t i = 1; i < kModules; ++i)
    dot += fmt::format("  f{} -> f{}\n  b{} -> b{} [dir=back]\n", i, i + 1, i, i + 1);
  Output file(folder / "tape_steps.dot");
  file.print("{}  f{} -> b{}\n}}\n", dot, kModules, kModules);
  file.close();
}

void run(const std::filesystem::path& folder) {
  const Data data(Random(5));
  fmt::print("one network in four ways: {} numbers → {} hidden units → {} classes, {} examples\n\n",
             kInputs, kHidden, kClasses, kExamples);
  print_passes(data);
  print_training(data);
  write_graph(folder, data);
  write_tape(folder, data);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    gradbook::run(argc > 1 ? argv[1] : ".");
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
