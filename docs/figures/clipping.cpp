// One recurrent network, trained twice from the same numbers on the same text: once with gradients
// as they come, once with gradients that are cut to length 0.5.
#include <cmath>
#include <limits>

#include "06_training/optimizers.hpp"
#include "07_language_models/corpus.hpp"
#include "07_language_models/truncated.hpp"
#include "07_language_models/vocabulary.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSequences = 4, kSteps = 60, kUpdates = 300;
constexpr double kRate = 3, kMaxNorm = 0.5, kAverage = 0.95;

struct Update {
  double norm, loss;
};

std::vector<Update> train_with(double max_norm, std::span<const Label> text,
                               std::size_t vocabulary) {
  Random random(1);
  RnnLM model({.vocabulary = vocabulary, .embedding = 24, .hidden = 64}, random);
  SGD descent(model.parameters(), {.rate = kRate});
  const Streams streams(text, kSequences, kSteps);
  std::vector<Update> updates;
  while (updates.size() < kUpdates) {
    const std::size_t i = updates.size() % streams.size();
    if (i == 0) model.begin(kSequences);
    const TextBatch batch = streams[i];
    Module& loss = model.loss(batch.inputs, batch.targets);
    const double value = loss.out_tensor(0, 0);
    descent.zero_grad();
    backward(loss);
    updates.push_back({clip_gradients(model.parameters(), max_norm), value});
    descent.step();
    model.recurrent->state = model.recurrent->last_state;
  }
  return updates;
}

void draw(const std::filesystem::path& folder) {
  const auto symbols = symbols_of(sonnets("").text, Unit::character);
  const Vocabulary vocabulary(symbols);
  const auto text = vocabulary.encode(symbols);
  const auto as_they_come =
      train_with(std::numeric_limits<double>::infinity(), text, vocabulary.size());
  const auto clipped = train_with(kMaxNorm, text, vocabulary.size());
  std::string table = "update\tnorm\tloss\tclipped norm\tclipped loss\n";
  Update before = as_they_come.front(), after = clipped.front();
  for (std::size_t i = 0; i < kUpdates; ++i) {
    // Losses are averaged over some updates, for each is that of another piece of the text
    before.loss = kAverage * before.loss + (1 - kAverage) * as_they_come[i].loss;
    after.loss = kAverage * after.loss + (1 - kAverage) * clipped[i].loss;
    table += fmt::format("{}\t{}\t{}\t{}\t{}\n", i + 1, as_they_come[i].norm, before.loss,
                         clipped[i].norm, after.loss);
  }
  write_output(folder / "clipping.tsv", table);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
