#include <fmt/format.h>

#include <cmath>

#include "05_modules/classifier.hpp"
#include "05_modules/four_ways.hpp"
#include "05_modules/sequential.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

const Tolerance kSums{.terms = 200, .scale = 4};

Array3 input_images(std::size_t examples, std::size_t rows, std::size_t columns) {
  return filled<Array3>({examples, rows, columns},
                        input("images", draw_list(examples * rows * columns, 0, 1)));
}

std::vector<Label> input_labels(std::size_t examples, std::size_t classes) {
  std::vector<Label> labels(examples);
  for (Label& label : labels) label = draw_integer(0, static_cast<std::int64_t>(classes) - 1);
  return input("labels", labels);
}

Random input_random() {
  return Random(static_cast<std::uint64_t>(input("seed of the weights", draw_integer(1, 1000))));
}

// Values and gradients of all parameters
void observe_parameters(const std::string& label, Module& model) {
  for (const auto& [name, parameter] : model.named_parameters()) {
    observe(fmt::format("{}, {}", name, label), parameter->value(), kSums);
    observe(fmt::format("gradient of {}, {}", name, label), parameter->grad(), kSums);
  }
}

struct Sizes {
  std::size_t examples, rows, columns, hidden, classes;
};
constexpr Sizes kSizes[] = {{1, 2, 3, 4, 2}, {7, 3, 2, 5, 3}, {2, 4, 1, 1, 5}, {3, 3, 3, 3, 3}};

std::string text(const Sizes& s) {
  return fmt::format("({}, {}, {}) to {} to {}", s.examples, s.rows, s.columns, s.hidden,
                     s.classes);
}

CASE(flatten_classifier, flat_rows,
     "each picture becomes one row, its own rows one after the other") {
  constexpr std::size_t kImages[][3] = {{1, 1, 1}, {2, 3, 5}, {7, 5, 3}, {1, 4, 2}, {3, 1, 4},
                                        {4, 3, 1}, {0, 3, 2}, {2, 0, 3}, {3, 3, 3}};
  for (const auto& [examples, rows, columns] : kImages) {
    const Array3 images = input_images(examples, rows, columns);
    const std::string shape = fmt::format("({}, {}, {})", examples, rows, columns);
    calling("flat_rows of " + shape);
    observe("rows of " + shape, flat_rows(images));
    observe("images as before, " + shape, listed(images));
  }
}

CASE(flatten_classifier, descent,
     "value − rate · gradient, for every parameter that has a gradient", {.weight = 2}) {
  for (const double rate : {0.5, 0.01, 0.0, 3.0}) {
    Parameter a(input_matrix("a", 3, 5)), b(input_matrix("b", 1, 4)), c(input_matrix("c", 2, 2));
    a.grad() = input_matrix("gradient of a", 3, 5);
    c.grad() = input_matrix("gradient of c", 2, 2);
    GradientDescent descent({&a, &b, &c}, rate);
    for (int step = 0; step < 3; ++step) {
      if (step == 2) descent.rate = rate / 4;
      const std::string label = fmt::format("rate {}, step {}", rate, step);
      calling("step, " + label);
      descent.step();
      for (const auto& [name, parameter] : {std::pair{"a", &a}, {"b", &b}, {"c", &c}}) {
        observe(fmt::format("{}, {}", name, label), parameter->value(), kSums);
        observe(fmt::format("gradient of {} afterwards, {}", name, label), parameter->grad());
      }
    }
  }
}

CASE(flatten_classifier, descent_of_others, "parameters that it was not given stay as they are") {
  Parameter mine(input_matrix("mine", 2, 3)), other(input_matrix("other", 2, 3));
  mine.grad() = input_matrix("gradient of mine", 2, 3);
  other.grad() = input_matrix("gradient of other", 2, 3);
  GradientDescent descent({&mine}, 0.25), nobody({}, 0.25);
  calling("step for one of two parameters, and for none");
  descent.step();
  nobody.step();
  observe("mine", mine.value(), kSums);
  observe("other", other.value());
}

CASE(flatten_classifier, logits, "linear, sigmoid, linear: logits for each class") {
  for (const Sizes& s : kSizes) {
    Random random = input_random();
    FlattenClassifier model(s.rows * s.columns, s.hidden, s.classes, random);
    Input x(input_matrix("x", s.examples, s.rows * s.columns), true);
    calling("a FlattenClassifier applied, and backward, " + text(s));
    Module& out = model(x);
    observe("logits, " + text(s), out.out_tensor, kSums);
    observe("the second layer is what is returned, " + text(s), &out == &model.second);
    observe("on the tape, " + text(s), tape().size());
    out.out_gradient = input_matrix("gradient of the logits", s.examples, s.classes);
    tape_bwd();
    observe("gradient of x, " + text(s), x.out_gradient, kSums);
    observe_parameters(text(s), model);
  }
}

CASE(flatten_classifier, one_step, "the loss before the step, and every parameter after it",
     {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    Random random = input_random();
    FlattenClassifier model(s.rows * s.columns, s.hidden, s.classes, random);
    GradientDescent descent(model.parameters(), input("rate", draw(0.1, 1)));
    const Array3 images = input_images(s.examples, s.rows, s.columns);
    const std::vector<Label> labels = input_labels(s.examples, s.classes);
    calling("one_step_of_sgd, " + text(s));
    observe("loss, " + text(s), one_step_of_sgd(model, descent, images, labels), kSums);
    observe_parameters(text(s), model);
    observe("on the tape, " + text(s), tape().size());
    observe("images as before, " + text(s), listed(images));
  }
}

CASE(flatten_classifier, steps, "gradients do not pile up from step to step", {.weight = 2}) {
  Random random = input_random();
  FlattenClassifier model(6, 4, 3, random);
  for (Parameter* parameter : model.parameters()) {
    parameter->grad() = parameter->value();
    parameter->grad().fill(2);
  }
  GradientDescent descent(model.parameters(), 0.5);
  for (const std::size_t examples : {5, 2, 5, 1}) {
    const Array3 images = input_images(examples, 2, 3);
    const std::vector<Label> labels = input_labels(examples, 3);
    const std::string label = fmt::format("a batch of {}", examples);
    calling("one_step_of_sgd, " + label);
    observe("loss, " + label, one_step_of_sgd(model, descent, images, labels), kSums);
    observe_parameters(label, model);
  }
}

// Halves each parameter, and says when it did
class Halving final : public ModuleOptimizer {
 public:
  using ModuleOptimizer::ModuleOptimizer;
  void step() override {
    ++steps;
    for (Parameter* parameter : parameters_) {
      if (parameter->has_gradient()) parameter->value() /= 2;
    }
  }
  int steps = 0;
};

CASE(flatten_classifier, any_model_and_optimiser,
     "the step is the optimiser's, and any model that gives logits will do") {
  for (const std::size_t examples : {1, 4}) {
    Random random = input_random();
    Sequential model;
    model.add<Linear>(4, 3, random, false);
    model.add<Sigmoid>();
    Halving halving(model.parameters(), 1);
    const std::string label = fmt::format("{} examples", examples);
    const Array3 images = input_images(examples, 2, 2);
    const std::vector<Label> labels = input_labels(examples, 3);
    for (const int step : {1, 2}) {
      calling(fmt::format("one_step_of_sgd with another optimiser, step {}, {}", step, label));
      observe(fmt::format("loss {}, {}", step, label),
              one_step_of_sgd(model, halving, images, labels), kSums);
      observe_parameters(fmt::format("step {}, {}", step, label), model);
    }
    observe("steps, " + label, halving.steps);
  }
}

CASE(flatten_classifier, frozen, "an optimiser of some parameters changes those alone") {
  Random random = input_random();
  FlattenClassifier model(6, 4, 3, random);
  GradientDescent descent(model.second.parameters(), 0.5);
  const Array3 images = input_images(5, 2, 3);
  const std::vector<Label> labels = input_labels(5, 3);
  for (const int step : {1, 2}) {
    calling(fmt::format("one_step_of_sgd for the second layer alone, step {}", step));
    observe(fmt::format("loss {}", step), one_step_of_sgd(model, descent, images, labels), kSums);
    for (const auto& [name, parameter] : model.named_parameters())
      observe(fmt::format("{}, step {}", name, step), parameter->value(), kSums);
  }
}

CASE(flatten_classifier, evaluation, "between steps a model answers without leaving a trace") {
  Random random = input_random();
  FlattenClassifier model(6, 4, 3, random);
  GradientDescent descent(model.parameters(), 0.5);
  const Array3 images = input_images(5, 2, 3);
  const std::vector<Label> labels = input_labels(5, 3);
  for (const int step : {1, 2, 3}) {
    calling(fmt::format("a step, then logits under a NoTape, {}", step));
    observe(fmt::format("loss, {}", step), one_step_of_sgd(model, descent, images, labels), kSums);
    const NoTape quiet;
    Input x(flat_rows(images));
    observe(fmt::format("logits, {}", step), model(x).out_tensor, kSums);
    observe(fmt::format("on the tape, {}", step), tape().size());
  }
}

CASE(flatten_classifier, bad_batches,
     "labels and pictures that do not fit are refused, change nothing, and the next step goes on") {
  Random random = input_random();
  FlattenClassifier model(6, 4, 3, random);
  GradientDescent descent(model.parameters(), 0.5);
  const Array3 images = input_images(2, 2, 3);
  const std::vector<Label> labels = input_labels(2, 3);
  const auto step = [&](const Array3& pictures, const std::vector<Label>& right) {
    return one_step_of_sgd(model, descent, pictures, right);
  };
  observe_error("a label too few", [&] { step(images, {1}); });
  observe_error("label 3 of three classes", [&] { step(images, {0, 3}); });
  observe_error("label -1", [&] { step(images, {-1, 0}); });
  observe_error("pictures of another size", [&] { step(input_images(2, 3, 3), labels); });
  observe_error("no pictures", [&] { step(input_images(0, 2, 3), {}); });
  for (const auto& [name, parameter] : model.named_parameters())
    observe(name + " after all of them", parameter->value());
  calling("one_step_of_sgd after the errors");
  observe("loss", step(images, labels), kSums);
  observe_parameters("after a good step", model);
}

// ---- proofs -------------------------------------------------------------------------------------

// The same step in loops: softmax minus one-hot, then each gradient where it belongs
PROOF(flatten_classifier, closed_form) {
  constexpr std::size_t kExamples = 5, kPixels = 6, kHidden = 4, kClasses = 3;
  Random random(7);
  FlattenClassifier model(kPixels, kHidden, kClasses, random);
  const Matrix w1 = model.first.weight.value(), b1 = model.first.bias.value(),
               w2 = model.second.weight.value(), b2 = model.second.bias.value();
  const Array3 images = filled<Array3>({kExamples, 2, 3}, draw_list(kExamples * kPixels, 0, 1));
  const std::vector<Label> labels = {0, 2, 1, 1, 0};

  Matrix new_w1 = w1, new_b1 = b1, new_w2 = w2, new_b2 = b2;
  const double rate = 0.5;
  double loss = 0;
  for (std::size_t n = 0; n < kExamples; ++n) {
    const Real* const x = images.data() + n * kPixels;
    double z[kHidden], b[kClasses], sum = 0, g_z[kHidden] = {};
    for (std::size_t h = 0; h < kHidden; ++h) {
      z[h] = b1(0, h);
      for (std::size_t i = 0; i < kPixels; ++i) z[h] += w1(h, i) * x[i];
      z[h] = 1 / (1 + std::exp(-z[h]));
    }
    for (std::size_t k = 0; k < kClasses; ++k) {
      b[k] = b2(0, k);
      for (std::size_t h = 0; h < kHidden; ++h) b[k] += w2(k, h) * z[h];
      sum += std::exp(b[k]);
    }
    const std::size_t right = static_cast<std::size_t>(labels[n]);
    loss += (std::log(sum) - b[right]) / kExamples;
    for (std::size_t k = 0; k < kClasses; ++k) {
      const double g = (std::exp(b[k]) / sum - (k == right ? 1 : 0)) / kExamples;
      new_b2(0, k) -= static_cast<Real>(rate * g);
      for (std::size_t h = 0; h < kHidden; ++h) {
        new_w2(k, h) -= static_cast<Real>(rate * g * z[h]);
        g_z[h] += g * w2(k, h);
      }
    }
    for (std::size_t h = 0; h < kHidden; ++h) {
      const double g = g_z[h] * z[h] * (1 - z[h]);
      new_b1(0, h) -= static_cast<Real>(rate * g);
      for (std::size_t i = 0; i < kPixels; ++i) new_w1(h, i) -= static_cast<Real>(rate * g * x[i]);
    }
  }

  GradientDescent descent(model.parameters(), rate);
  prove_close("loss", one_step_of_sgd(model, descent, images, labels), loss, 1e-12);
  const Matrix expected[] = {new_w1, new_b1, new_w2, new_b2};
  const std::vector<NamedParameter> all = model.named_parameters();
  prove(all.size() == 4, "four parameters");
  for (std::size_t k = 0; k < all.size(); ++k) {
    for (std::size_t i = 0; i < expected[k].size(); ++i)
      prove_close(all[k].name, all[k].parameter->value().data()[i], expected[k].data()[i], 1e-12);
  }
}

PROOF(flatten_classifier, by_differences) {
  Random random(8);
  FlattenClassifier model(6, 4, 3, random);
  Input x(drawn_matrix(3, 6), true);
  std::vector<Module*> leaves = {&x};
  for (Parameter* parameter : model.parameters()) leaves.push_back(parameter);
  prove_network(
      "classifier", [&]() -> Module& { return model(x); }, leaves);
}

// The network of the chapter, procedural, by functions, on the tape, and with parameters inside
PROOF(flatten_classifier, four_ways) {
  for (const auto& [examples, inputs, hidden, classes] :
       {std::array<std::size_t, 4>{1, 1, 1, 2}, {7, 4, 5, 3}, {3, 5, 2, 7}}) {
    const Matrix x = drawn_matrix(examples, inputs), alpha = drawn_matrix(hidden, inputs),
                 beta = drawn_matrix(classes, hidden);
    Matrix y = xt::zeros<Real>({examples, classes});
    for (std::size_t n = 0; n < examples; ++n)
      y(n, static_cast<std::size_t>(draw_integer(0, static_cast<int>(classes) - 1))) = 1;
    const WayResult first = line_by_line(x, y, alpha, beta);
    for (const Way& way : kFourWays) {
      const WayResult r = way.passes(x, y, alpha, beta);
      prove_close(std::string("loss, ") + way.name, r.loss, first.loss, 1e-12);
      for (std::size_t i = 0; i < alpha.size(); ++i)
        prove_close(std::string("gradient of alpha, ") + way.name, r.grad_alpha.data()[i],
                    first.grad_alpha.data()[i], 1e-12);
      for (std::size_t i = 0; i < beta.size(); ++i)
        prove_close(std::string("gradient of beta, ") + way.name, r.grad_beta.data()[i],
                    first.grad_beta.data()[i], 1e-12);
    }
  }
}

}  // namespace
}  // namespace gradbook
