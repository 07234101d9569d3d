#include "06_training/loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "05_modules/layers.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kNumbers = 4;  // of an epoch: its fields, in their order

bool is_finite(const Matrix& m) {
  return std::all_of(m.begin(), m.end(), [](Real x) { return std::isfinite(x); });
}

// While it lives, a model is evaluated
class Evaluating {
 public:
  explicit Evaluating(Module& model) : model_(model) { model_.eval(); }
  ~Evaluating() { model_.train(); }
  Evaluating(const Evaluating&) = delete;
  Evaluating& operator=(const Evaluating&) = delete;

 private:
  Module& model_;
  NoTape no_tape_;
};

std::vector<Matrix> values_of(Module& model) {
  std::vector<Matrix> values;
  for (Parameter* parameter : model.parameters()) values.push_back(parameter->value());
  return values;
}

}  // namespace

TrainingError::~TrainingError() = default;

LoopState::LoopState(Module& model, ModuleOptimizer& optimizer)
    : model_(model), optimizer_(optimizer), best_(values_of(model)) {}

std::vector<NamedMatrix> LoopState::matrices(Matrix& history, std::vector<Matrix>& best) {
  std::vector<NamedMatrix> all = {{"epochs", &history}};
  const auto parameters = model_.named_parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i)
    all.push_back({"best." + parameters[i].name, &best[i]});
  for (NamedMatrix& named : everything_in(model_, optimizer_)) all.push_back(std::move(named));
  return all;
}

void LoopState::load(const CheckpointPlace* place) {
  if (place == nullptr || !place->has_one()) return;
  Matrix history;
  std::vector<Matrix> best = best_;
  place->load(matrices(history, best));
  result_ = {};
  for (std::size_t i = 0; i < history.shape(0); ++i)
    add({static_cast<int>(history(i, 0)), history(i, 1), history(i, 2), history(i, 3)});
  best_ = std::move(best);
}

void LoopState::save(CheckpointPlace* place) {
  if (place == nullptr) return;
  auto history = Matrix::from_shape({result_.epochs.size(), kNumbers});
  for (std::size_t i = 0; i < result_.epochs.size(); ++i) {
    const Epoch& epoch = result_.epochs[i];
    const double numbers[kNumbers] = {static_cast<double>(epoch.number), epoch.training_loss,
                                      epoch.validation_loss, epoch.accuracy};
    for (std::size_t j = 0; j < kNumbers; ++j) history(i, j) = static_cast<Real>(numbers[j]);
  }
  place->save(matrices(history, best_));
}

bool LoopState::add(const Epoch& epoch) {
  const auto& epochs = result_.epochs;
  const bool better =
      result_.best == 0 ||
      epoch.validation_loss < epochs.at(static_cast<std::size_t>(result_.best - 1)).validation_loss;
  result_.epochs.push_back(epoch);
  if (better) result_.best = static_cast<int>(epochs.size());
  return better;
}

void LoopState::note(const Epoch& epoch) {
  // As precise as a matrix keeps them, so that an interrupted run has the same history
  const auto kept = [](double number) { return static_cast<double>(static_cast<Real>(number)); };
  if (add({epoch.number, kept(epoch.training_loss), kept(epoch.validation_loss),
           kept(epoch.accuracy)}))
    best_ = values_of(model_);
}

void LoopState::restore_best() {
  const auto parameters = model_.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i]->value() = best_[i];
}

void check_loss(double loss, Module& model, int epoch, std::size_t batch) {
  if (std::isfinite(loss)) return;
  const std::string where = fmt::format("epoch {}, batch {}: the loss is {}", epoch, batch, loss);
  for (const auto& [name, parameter] : model.named_parameters()) {
    const bool value = is_finite(parameter->value()), gradient = is_finite(parameter->grad());
    if (value && gradient) continue;
    throw TrainingError(where.c_str(), "; the first parameter that is not finite any more is ",
                        name, value ? " (its gradient)" : "", ": is the learning rate too high?");
  }
  throw TrainingError(where.c_str(), "; all parameters are finite: look at the inputs");
}

Evaluation evaluate(Module& model, const Examples& examples) {
  if (examples.size() == 0)
    throw ShapeError("evaluate: there is no example, inputs ", shape_of(examples.inputs));
  const Evaluating evaluating(model);
  Input x(examples.inputs);
  const Matrix& logits = model(x).out_tensor;
  const SoftmaxLoss result = softmax_cross_entropy_forward(logits, examples.labels);
  std::size_t right = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const Real* const row = logits.data() + i * logits.shape(1);
    right += std::max_element(row, row + logits.shape(1)) - row == examples.labels[i];
  }
  return {result.loss, static_cast<double>(right) / static_cast<double>(examples.size())};
}

}  // namespace gradbook
