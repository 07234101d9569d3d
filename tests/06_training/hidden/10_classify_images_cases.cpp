#include <fmt/format.h>

#include <cmath>

#include "06_training/glyphs.hpp"
#include "06_training/images.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

struct Sizes {
  std::size_t n, height, width, classes;
};
constexpr Sizes kSizes[] = {{1, 1, 1, 2}, {7, 2, 3, 3}, {13, 3, 2, 5}, {29, 4, 4, 10}};
const Tolerance kSums{.terms = 1000, .scale = 4};

struct Pictures {
  explicit Pictures(const Sizes& s)
      : images(filled<Array3>({s.n, s.height, s.width},
                              input("images", draw_list(s.n * s.height * s.width, -2, 2)))) {
    for (std::size_t i = 0; i < s.n; ++i)
      labels.push_back(draw_integer(0, static_cast<Label>(s.classes) - 1));
    input("labels", labels);
  }
  Array3 images;
  std::vector<Label> labels;
};

Random drawn_random() {
  return Random(static_cast<std::uint64_t>(input("seed", draw_integer(1, 1000))));
}

std::string text(const Sizes& s) {
  return fmt::format("{} pictures ({}, {}) of {} classes", s.n, s.height, s.width, s.classes);
}

// Passes on what comes in, and notes mode, number of examples and length of the tape of every pass
class Witness final : public Module {
 public:
  explicit Witness(Module& inner) : inner_(inner) { register_module("inner", inner); }
  const char* name() const override { return "Witness"; }
  Module& operator()(Module& x) override {
    modes.push_back(training() && inner_.training());
    sizes.push_back(static_cast<std::int64_t>(x.out_tensor.shape(0)));
    Module& out = inner_(x);
    on_tape.push_back(static_cast<std::int64_t>(tape().size()));
    return out;
  }
  std::vector<std::int64_t> modes, sizes, on_tape;

 private:
  Module& inner_;
};

CASE(classify_images, accuracy, "the share of pictures whose largest logit is that of their label",
     {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    const Pictures p(s);
    Random random = drawn_random();
    FlattenClassifier model(s.height * s.width, 5, s.classes, random);
    model.first.weight.value() *= 5;
    calling("accuracy_of, " + text(s));
    observe("share, " + text(s), accuracy_of(model, p.images, p.labels));
  }
}

CASE(classify_images, accuracy_by_class, "each class counts, also where it is always the answer") {
  for (const Sizes& s : {Sizes{7, 1, 2, 3}, {11, 2, 1, 4}}) {
    const Pictures p(s);
    Random random(1);
    Linear model(2, s.classes, random);
    model.weight.value().fill(0);
    for (std::size_t k = 0; k < s.classes; ++k) {
      model.bias.value().fill(-1);
      model.bias.value()(0, k) = 0.5;
      calling(fmt::format("accuracy_of a model that always says {}, {}", k, text(s)));
      observe(fmt::format("says {}, {}", k, text(s)), accuracy_of(model, p.images, p.labels));
    }
    for (const double bias : {0.0, -3.0}) {
      model.bias.value().fill(bias);
      calling(fmt::format("accuracy_of a model whose logits are all {}, {}", bias, text(s)));
      observe(fmt::format("all logits {}, {}", bias, text(s)),
              accuracy_of(model, p.images, p.labels));
    }
  }
}

CASE(classify_images, accuracy_leaves_no_trace,
     "evaluation leaves the tape as it is, changes no parameter, and the mode is as before") {
  const Sizes s{7, 2, 3, 3};
  const Pictures p(s);
  Random random = drawn_random();
  FlattenClassifier model(6, 4, 3, random);
  for (const bool training : {true, false}) {
    model.train(training);
    Witness witness(model);
    witness.train(training);
    Input other(filled<Matrix>({1, 1}, {2}));
    Sigmoid unfinished;
    unfinished.apply_fwd({&other});
    calling(fmt::format("accuracy_of a model in {}", training ? "training" : "evaluation"));
    accuracy_of(witness, p.images, p.labels);
    const std::string label = training ? ", was in training" : ", was in evaluation";
    observe("modes in which it was applied" + label, witness.modes);
    observe("on the tape with the model applied, where one module was before" + label,
            witness.on_tape);
    observe("on the tape, where one module was before" + label,
            static_cast<std::int64_t>(tape().size()));
    observe("in training afterwards" + label, witness.training());
    observe("what is within in training afterwards" + label, model.training());
    for (Parameter* parameter : model.parameters())
      observe("a parameter" + label, parameter->value());
    tape().clear();
  }
}

CASE(classify_images, losses, "a mean loss for each epoch, and the parameters after all steps",
     {.weight = 3}) {
  for (const Sizes& s : kSizes) {
    const Pictures p(s);
    Random random = drawn_random();
    FlattenClassifier model(s.height * s.width, 5, s.classes, random);
    GradientDescent descent(model.parameters(), 0.3);
    const ImageTraining options{.epochs = 4, .batch = 5, .seed = 17};
    calling("train_on_images, 4 epochs of batches of 5, " + text(s));
    observe("losses, " + text(s), train_on_images(model, descent, p.images, p.labels, options),
            kSums);
    for (const NamedParameter& named : model.named_parameters())
      observe(fmt::format("{}, {}", named.name, text(s)), named.parameter->value(), kSums);
    tape().clear();
  }
}

CASE(classify_images, epochs_and_batches,
     "as many epochs as were asked for, none too; batches of one, of all, and larger than all") {
  const Sizes s{7, 2, 3, 3};
  const Pictures p(s);
  for (const ImageTraining& options :
       {ImageTraining{0, 3, 1}, {1, 1, 2}, {3, 7, 3}, {2, 100, 4}, {5, 3, 5}}) {
    Random random(2);
    FlattenClassifier model(6, 4, 3, random);
    Witness witness(model);
    GradientDescent descent(model.parameters(), 0.3);
    const std::string label =
        fmt::format("{} epochs, batches of {}", options.epochs, options.batch);
    calling("train_on_images, " + label);
    observe("losses, " + label, train_on_images(witness, descent, p.images, p.labels, options),
            kSums);
    observe("sizes of batches, " + label, witness.sizes);
    observe("weight of the second layer, " + label, model.second.weight.value(), kSums);
    tape().clear();
  }
}

CASE(classify_images, trains_in_training, "a model that comes from evaluation is put in training") {
  const Sizes s{5, 1, 2, 3};
  const Pictures p(s);
  Random random(2);
  FlattenClassifier model(2, 4, 3, random);
  Witness witness(model);
  witness.eval();
  GradientDescent descent(model.parameters(), 0.3);
  calling("train_on_images of a model in evaluation");
  train_on_images(witness, descent, p.images, p.labels, {.epochs = 2, .batch = 2, .seed = 1});
  tape().clear();
  observe("modes in which it was applied", witness.modes);
}

CASE(classify_images, errors, "no pictures, missing labels and empty batches are refused") {
  const Pictures p({4, 2, 3, 3}), none({0, 2, 3, 3});
  Random random(2);
  FlattenClassifier model(6, 4, 3, random);
  GradientDescent descent(model.parameters(), 0.3);
  const std::vector<Label> three(p.labels.begin(), p.labels.end() - 1);
  std::vector<Label> five = p.labels;
  five.push_back(0);
  calling("accuracy_of and train_on_images with too few or too many of something");
  observe_error("accuracy of no pictures", [&] { accuracy_of(model, none.images, {}); });
  observe_error("accuracy, 4 pictures and 3 labels", [&] { accuracy_of(model, p.images, three); });
  observe_error("accuracy, 4 pictures and 5 labels", [&] { accuracy_of(model, p.images, five); });
  observe_error("training on no pictures",
                [&] { train_on_images(model, descent, none.images, {}, {}); });
  observe_error("training, 4 pictures and 3 labels",
                [&] { train_on_images(model, descent, p.images, three, {}); });
  observe_error("training, 4 pictures and 5 labels",
                [&] { train_on_images(model, descent, p.images, five, {}); });
  observe_error("batches of 0", [&] {
    train_on_images(model, descent, p.images, p.labels, {.epochs = 1, .batch = 0});
  });
  tape().clear();
}

CASE(classify_images, digits, "300 digits are learnt, and most of 200 others are read",
     {.weight = 3}) {
  const Glyphs glyphs = draw_glyphs(300, 1), others = draw_glyphs(200, 2);
  Random random(1);
  FlattenClassifier model(28 * 28, 16, 10, random);
  GradientDescent descent(model.parameters(), 0.5);
  calling("train_on_images, 20 epochs of 300 glyphs in batches of 10");
  observe("losses", train_on_images(model, descent, glyphs.images, glyphs.labels,
                                    {.epochs = 20, .batch = 10, .seed = 1}));
  observe("share of those it has seen", accuracy_of(model, glyphs.images, glyphs.labels));
  observe("share of others", accuracy_of(model, others.images, others.labels));
}
JUDGE(classify_images, digits) {
  const auto& losses = reals(student, "losses");
  const auto& expected = reals(reference, "losses");
  if (losses.size() != expected.size())
    return fail(fmt::format("there are {} losses after {} epochs", losses.size(), expected.size()));
  for (std::size_t i = 0; i < losses.size(); ++i) {
    if (!std::isfinite(losses[i])) return fail(fmt::format("loss {} is {}", i + 1, losses[i]));
  }
  if (!(losses.back() < 0.4))
    return fail(fmt::format("the loss falls from {:.4g} to {:.4g} only, not below 0.4",
                            losses.front(), losses.back()));
  const double seen = real(student, "share of those it has seen"),
               others = real(student, "share of others");
  if (!(seen >= 0.95 && seen <= 1))
    return fail(
        fmt::format("{:.4g} of the digits it has seen are right, and 0.95 are asked for", seen));
  if (!(others >= 0.7 && others <= 1))
    return fail(fmt::format("{:.4g} of other digits are right, and 0.7 are asked for", others));
  return pass();
}

// One picture, one class against the other, by hand: with p the probability of the right one the
// loss is −log p, and the logits' gradient is p − 1 and 1 − p
PROOF(classify_images, closed_form) {
  Random random(1);
  Linear model(1, 2, random);
  model.weight.value() = filled<Matrix>({2, 1}, {0.5, -0.5});
  model.bias.value().fill(0);
  GradientDescent descent(model.parameters(), 0.25);
  const Array3 image = filled<Array3>({1, 1, 1}, {2});
  const std::vector<Label> label = {0};
  const std::vector<double> losses =
      train_on_images(model, descent, image, label, {.epochs = 1, .batch = 3});
  const double p = 1 / (1 + std::exp(-2.0));
  prove(losses.size() == 1, "one epoch, one loss");
  prove_close("loss", losses[0], -std::log(p), 1e-15);
  prove_close("weight", model.weight.value()(0, 0), 0.5 + 0.25 * (1 - p) * 2, 1e-15);
  prove_close("bias", model.bias.value()(0, 1), -0.25 * (1 - p), 1e-15);
  prove_close("accuracy", accuracy_of(model, image, label), 1, 0);
}

}  // namespace
}  // namespace gradbook
