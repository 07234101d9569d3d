// What module 06 can do once it is done: trains a network that reads digits, one that is killed and
// goes on, and a lecture's network by hand and by modules, step for step.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <string>

#include "00_course/output.hpp"
#include "00_course/progress.hpp"
#include "05_modules/activations.hpp"
#include "05_modules/classifier.hpp"
#include "06_training/glyphs.hpp"
#include "06_training/loop.hpp"
#include "06_training/manual.hpp"
#include "06_training/optimizers.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kPixels = 784, kHidden = 32, kDigits = 10;
constexpr int kEpochs = 12;

// ---- a lecture's network, twice

Matrix normal(std::size_t rows, std::size_t columns, Random& random) {
  auto m = Matrix::from_shape({rows, columns});
  for (Real& x : m) x = static_cast<Real>(random.normal());
  return m;
}

Matrix turned(const Matrix& m) {
  auto t = Matrix::from_shape({m.shape(1), m.shape(0)});
  for (std::size_t i = 0; i < m.shape(0); ++i)
    for (std::size_t j = 0; j < m.shape(1); ++j) t(j, i) = m(i, j);
  return t;
}

double relative(double a, double b) { return std::abs(a - b) / std::max(1.0, std::abs(b)); }

// Largest difference of two matrices, the second turned, relative to what they are
double largest_difference(const Matrix& a, const Matrix& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.shape(0); ++i)
    for (std::size_t j = 0; j < a.shape(1); ++j)
      largest = std::max(largest, relative(a(i, j), b(j, i)));
  return largest;
}

// 64 examples, 1000 inputs, 100 hidden units, 10 outputs
void train_by_hand_and_by_modules(int steps) {
  constexpr double kRate = 1e-6;
  Random random(1);
  const Matrix x = normal(64, 1000, random), y = normal(64, 10, random);
  TwoLayers by_hand{normal(1000, 100, random), normal(100, 10, random)};

  // The same numbers in modules, whose weights lie the other way
  Linear first(1000, 100, random, false), second(100, 10, random, false);
  first.weight.value() = turned(by_hand.w1);
  second.weight.value() = turned(by_hand.w2);
  ReLU relu;
  MSELoss loss(Reduction::sum);
  GradientDescent descent({&first.weight, &second.weight}, kRate);
  Input input(x), target(y);

  double largest = 0, begin = 0, end = 0;
  for (int step = 0; step < steps; ++step) {
    end = manual_step(by_hand, x, y, kRate);
    if (step == 0) begin = end;
    loss.apply_fwd({&second(relu(first(input))), &target});
    largest = std::max(largest, relative(loss.out_tensor(0, 0), end));
    descent.zero_grad();
    backward(loss);
    descent.step();
  }
  fmt::print("a network 1000 → 100 → 10 on 64 examples, by hand and by modules\n\n");
  fmt::print("  loss, before and after {} steps         {:.0f}, {:.3g}\n", steps, begin, end);
  fmt::print("  largest difference of any step's loss    {:.1e}\n", largest);
  fmt::print("  largest difference of any weight         {:.1e}\n",
             std::max(largest_difference(by_hand.w1, first.weight.value()),
                      largest_difference(by_hand.w2, second.weight.value())));
}

// ---- digits

Examples digits(std::size_t n, std::uint64_t seed) {
  Glyphs glyphs = draw_glyphs(n, seed);
  return {flat_rows(glyphs.images), std::move(glyphs.labels)};
}

struct Reader {
  explicit Reader(std::uint64_t seed)
      : random(seed),
        model(kPixels, kHidden, kDigits, random),
        adam(model.parameters(), {.rate = 5e-3}) {}
  Random random;
  FlattenClassifier model;
  Adam adam;
};

void train_to_read(const std::filesystem::path& folder) {
  const Examples training = digits(2000, 1), validation = digits(500, 2);
  fmt::print("{} → {} → {} on {} drawn digits, and {} that it never sees\n\n", kPixels, kHidden,
             kDigits, training.size(), validation.size());
  Reader reader(1);
  CheckpointFile checkpoint((folder / "digits.checkpoint").string());
  const LoopResult result = train(
      reader.model, reader.adam, training, validation,
      {.epochs = kEpochs, .batch = 32, .checkpoint = &checkpoint},
      [](const Epoch& epoch) { report_progress(epoch.number, kEpochs, epoch.training_loss); });

  // A row of the table and of the file for each epoch, and a bar for its validation loss
  Output curves(folder / "digit_curves.tsv");
  curves.print("epoch\ttraining\tvalidation\taccuracy\n");
  fmt::print("epoch  training  validation  right\n");
  const double highest = result.epochs.front().validation_loss;
  for (const Epoch& epoch : result.epochs) {
    curves.print("{}\t{}\t{}\t{}\n", epoch.number, epoch.training_loss, epoch.validation_loss,
                 epoch.accuracy);
    std::string bar;
    for (int i = 0; i < std::lround(30 * epoch.validation_loss / highest); ++i) bar += "█";
    fmt::print("{:5}  {:8.4f}  {:10.4f}  {:4.0f}%  {}\n", epoch.number, epoch.training_loss,
               epoch.validation_loss, 100 * epoch.accuracy, bar);
  }
  curves.close();
  fmt::print("\nepoch {} was the best: {:.1f}% of the validation set is right\n", result.best,
             100 * evaluate(reader.model, validation).accuracy);
}

// ---- stopped, and gone on

struct Killed {};

void stop_and_go_on() {
  const Examples training = digits(300, 3), validation = digits(100, 4);
  const auto run = [&](std::uint64_t seed, CheckpointPlace* place, int killed_after) {
    Reader reader(seed);
    const LoopResult result =
        train(reader.model, reader.adam, training, validation,
              {.epochs = 4, .batch = 32, .checkpoint = place}, [&](const Epoch& epoch) {
                if (epoch.number == killed_after) throw Killed();
              });
    return std::pair(result.epochs.back().validation_loss, reader.model.first.weight.value());
  };
  CheckpointInMemory place;
  try {
    run(1, &place, 2);
  } catch (const Killed&) {
  }
  const bool same = run(99, &place, 0) == run(1, nullptr, 0);
  fmt::print("killed after epoch 2 of 4 and gone on in another model: {}\n\n",
             same ? "the same bits" : "other numbers");
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    gradbook::train_to_read(argc > 1 ? argv[1] : ".");
    gradbook::stop_and_go_on();
    gradbook::train_by_hand_and_by_modules(500);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
