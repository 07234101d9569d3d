// The recurrent layers as modules: what they compute, their gradients, and the state they carry.
#include "07_language_models/recurrent.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <deque>

#include "05_modules/layer_check.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kInputs = 2, kHidden = 4;

Matrix drawn(std::size_t rows, std::size_t columns, Random& random) {
  auto m = Matrix::from_shape({rows, columns});
  for (Real& number : m) number = static_cast<Real>(random.uniform(-1, 1));
  return m;
}

Matrix rows(const Matrix& m, std::size_t first, std::size_t count) {
  auto copy = Matrix::from_shape({count, m.shape(1)});
  std::copy_n(m.data() + first * m.shape(1), copy.size(), copy.data());
  return copy;
}

auto is_close_to(const Matrix& m) { return is_matrix(m.shape(), {m.begin(), m.end()}); }

double sigmoid(double a) { return 1 / (1 + std::exp(-a)); }

// ---- the network unrolled on the tape

struct Unrolled : testing::TestWithParam<Nonlinearity> {
  ~Unrolled() override { tape().clear(); }
};

TEST_P(Unrolled, IsWhatTheLayerComputesValueAndGradients) {
  constexpr std::size_t kSteps = 5, kSequences = 3;
  Random random(1);
  Rnn layer(kInputs, kHidden, random, GetParam());
  layer.state = drawn(kSequences, kHidden, random);
  Input x(drawn(kSteps * kSequences, kInputs, random), true);
  const Matrix grad = drawn(kSteps * kSequences, kHidden, random);

  Module& all = layer(x);
  all.out_gradient = grad;
  tape_bwd();
  const Matrix by_xh = layer.w_xh.grad(), by_hh = layer.w_hh.grad(), by_bias = layer.bias.grad();
  layer.zero_grad();

  std::deque<Input> inputs;
  std::deque<RnnStep> steps;
  Input start(layer.state, true);
  Module* h = &start;
  for (std::size_t t = 0; t < kSteps; ++t) {
    Input& in = inputs.emplace_back(rows(x.out_tensor, t * kSequences, kSequences), true);
    RnnStep& step = steps.emplace_back(GetParam());
    h = &step.apply_fwd({&in, h, &layer.w_xh, &layer.w_hh, &layer.bias});
    EXPECT_THAT(h->out_tensor, is_close_to(rows(all.out_tensor, t * kSequences, kSequences)));
    h->out_gradient = rows(grad, t * kSequences, kSequences);
  }
  EXPECT_THAT(h->out_tensor, is_close_to(layer.last_state));
  tape_bwd();
  EXPECT_THAT(layer.w_xh.grad(), is_close_to(by_xh));
  EXPECT_THAT(layer.w_hh.grad(), is_close_to(by_hh));
  EXPECT_THAT(layer.bias.grad(), is_close_to(by_bias));
  for (std::size_t t = 0; t < kSteps; ++t)
    EXPECT_THAT(inputs[t].out_gradient,
                is_close_to(rows(x.out_gradient, t * kSequences, kSequences)));
  EXPECT_TRUE(start.has_gradient());
}

INSTANTIATE_TEST_SUITE_P(Both, Unrolled,
                         testing::Values(Nonlinearity::tanh, Nonlinearity::sigmoid));

// ---- every layer

struct RecurrentLayer : testing::TestWithParam<Cell> {
  ~RecurrentLayer() override { tape().clear(); }

  // A state of drawn numbers for N sequences
  void draw_state(std::size_t sequences) {
    layer->begin(sequences);
    layer->state = drawn(sequences, layer->state.shape(1), random);
  }

  Matrix forward(const Matrix& x) {
    const NoTape quiet;
    Input in(x);
    return (*layer)(in).out_tensor;
  }

  // Its own parameters after x
  std::vector<Module*> inputs(Module& x) {
    std::vector<Module*> all{&x};
    for (Parameter* parameter : layer->parameters()) all.push_back(parameter);
    return all;
  }

  Random random{7};
  std::unique_ptr<Recurrent> layer = make_recurrent(GetParam(), kInputs, kHidden, random);
};

TEST_P(RecurrentLayer, HasTheGradientsThatDifferencesSay) {
  for (const auto& [steps, sequences] : {std::pair{1, 1}, {1, 3}, {4, 1}, {5, 3}}) {
    draw_state(static_cast<std::size_t>(sequences));
    Input x(drawn(static_cast<std::size_t>(steps * sequences), kInputs, random), true);
    // A bias of zeros would hide what goes to the wrong block
    for (Parameter* parameter : layer->parameters())
      for (Real& number : parameter->value())
        number += static_cast<Real>(random.uniform(-0.2, 0.2));
    const auto fault = layer_check(*layer, inputs(x), random, 1e-8);
    EXPECT_FALSE(fault) << text(*layer, *fault) << ", T = " << steps << ", N = " << sequences;
  }
}

TEST_P(RecurrentLayer, ComputesNoGradientThatNobodyWants) {
  draw_state(2);
  Input x(drawn(6, kInputs, random));
  (*layer)(x).out_gradient = drawn(6, kHidden, random);
  tape_bwd();
  EXPECT_FALSE(x.has_gradient());
  for (Parameter* parameter : layer->parameters()) EXPECT_TRUE(parameter->has_gradient());
}

TEST_P(RecurrentLayer, GoesOnWhereThePassBeforeEnded) {
  draw_state(3);
  const Matrix x = drawn(7 * 3, kInputs, random), out = forward(x), end = layer->last_state;
  const Matrix start = layer->state;
  EXPECT_THAT(forward(rows(x, 0, 3 * 3)), is_close_to(rows(out, 0, 3 * 3)));
  EXPECT_THAT(layer->state, is_close_to(start)) << "a pass does not change what it started from";
  layer->state = layer->last_state;
  EXPECT_THAT(forward(rows(x, 3 * 3, 4 * 3)), is_close_to(rows(out, 3 * 3, 4 * 3)));
  EXPECT_THAT(layer->last_state, is_close_to(end));
}

TEST_P(RecurrentLayer, RemembersItsStartWhereTheStateIsCarriedOnBeforeBackward) {
  draw_state(2);
  Input x(drawn(6, kInputs, random), true);
  const Matrix grad = drawn(6, kHidden, random);
  (*layer)(x).out_gradient = grad;
  tape_bwd();
  const Matrix expected = x.out_gradient;
  x.out_gradient = Matrix();
  (*layer)(x).out_gradient = grad;
  layer->state = layer->last_state;
  tape_bwd();
  EXPECT_THAT(x.out_gradient, is_close_to(expected));
}

TEST_P(RecurrentLayer, ReadsItsSequencesSideBySideAndApart) {
  draw_state(3);
  const Matrix x = drawn(4 * 3, kInputs, random), state = layer->state, out = forward(x);
  for (std::size_t n = 0; n < 3; ++n) {
    layer->state = rows(state, n, 1);
    auto alone = Matrix::from_shape({4, kInputs});
    for (std::size_t t = 0; t < 4; ++t)
      for (std::size_t i = 0; i < kInputs; ++i) alone(t, i) = x(t * 3 + n, i);
    const Matrix one = forward(alone);
    for (std::size_t t = 0; t < 4; ++t)
      EXPECT_THAT(rows(one, t, 1), is_close_to(rows(out, t * 3 + n, 1)));
  }
}

TEST_P(RecurrentLayer, StaysWhereItIsInNoSteps) {
  draw_state(2);
  Input x(Matrix(Sizes{0, kInputs}), true);
  Module& out = (*layer)(x);
  EXPECT_THAT(out.out_tensor, is_matrix({0, kHidden}, {}));
  EXPECT_THAT(layer->last_state, is_close_to(layer->state));
  const std::vector<Module*> in = inputs(x);
  Gradients grads(in);
  layer->backward(InTensors(in), out.out_tensor, out.out_tensor, grads);
  for (std::size_t k = 1; k < in.size(); ++k) {
    const Matrix& value = in[k]->out_tensor;
    EXPECT_THAT(grads[k], is_matrix(value.shape(), std::vector<double>(value.size(), 0)));
  }
}

TEST_P(RecurrentLayer, BeginsWithZeros) {
  layer->begin(2);
  const std::size_t width = GetParam() == Cell::lstm ? 2 * kHidden : kHidden;
  EXPECT_THAT(layer->state, is_matrix({2, width}, std::vector<double>(2 * width, 0)));
  EXPECT_EQ(layer->hidden(), kHidden);
}

TEST_P(RecurrentLayer, RefusesWhatIsNoWholeStep) {
  const Matrix x = drawn(5, kInputs, random);
  EXPECT_TRUE(names(message_of<ShapeError>([&] { forward(x); }), layer->name(), "begin"))
      << "nobody has said how many sequences there are";
  layer->begin(2);
  EXPECT_TRUE(names(message_of<ShapeError>([&] { forward(x); }), layer->name(), "(5, 2)", "2"));
  layer->begin(5);
  layer->state = drawn(5, 3, random);
  EXPECT_TRUE(names(message_of<ShapeError>([&] { forward(x); }), layer->name(), "(5, 3)"));
  layer->begin(5);
  EXPECT_THROW(forward(drawn(5, kInputs + 1, random)), ShapeError);
}

TEST_P(RecurrentLayer, StartsWithNumbersThatAreSmallForManyUnits) {
  for (const NamedParameter& named : layer->named_parameters()) {
    if (GetParam() == Cell::lstm && named.name == "bias") continue;
    for (const Real number : named.parameter->value())
      EXPECT_LE(std::fabs(number), 0.5) << named.name << ": 1/√4";
  }
}

INSTANTIATE_TEST_SUITE_P(All, RecurrentLayer, testing::Values(Cell::rnn, Cell::gru, Cell::lstm),
                         [](const auto& cell) {
                           return std::string(std::array{"Rnn", "Gru", "Lstm"}[cell.index]);
                         });

// ---- threads

// Forward and backward of 25 sequences, all gradients in one list after the output
std::vector<Matrix> passes_with(int threads, Cell cell) {
  use_threads(threads);
  Random random(5);
  const auto layer = make_recurrent(cell, kInputs, kHidden, random);
  layer->begin(25);
  layer->state = drawn(25, layer->state.shape(1), random);
  Input x(drawn(4 * 25, kInputs, random), true);
  Module& out = (*layer)(x);
  std::vector<Matrix> results{out.out_tensor, layer->last_state};
  out.out_gradient = drawn(4 * 25, kHidden, random);
  tape_bwd();
  use_threads(1);
  results.push_back(x.out_gradient);
  for (Parameter* parameter : layer->parameters()) results.push_back(parameter->grad());
  return results;
}

TEST_P(RecurrentLayer, ComputesTheSameInThreads) {
  const auto alone = passes_with(1, GetParam()), shared = passes_with(3, GetParam());
  for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_THAT(shared[i], is_close_to(alone[i]));
  for (int again = 0; again < 20; ++again) {
    const auto other = passes_with(3, GetParam());
    for (std::size_t i = 0; i < other.size(); ++i)
      EXPECT_EQ(listed(other[i]), listed(shared[i])) << "whichever thread is done first";
  }
}

TEST_P(RecurrentLayer, PassesOnWhatAThreadThrows) {
  layer->begin(25);
  use_threads(3);
  EXPECT_THROW(forward(drawn(50, kInputs + 1, random)), ShapeError);
  use_threads(1);
}

// ---- the formulas of torch.nn.GRU and torch.nn.LSTM, number by number

// Row `at` of weights times v
double dot(const Matrix& weights, std::size_t at, const std::vector<double>& v) {
  double sum = 0;
  for (std::size_t i = 0; i < v.size(); ++i) sum += weights(at, i) * v[i];
  return sum;
}

std::vector<double> numbers_of(const Matrix& m, std::size_t i) {
  return {m.data() + i * m.shape(1), m.data() + (i + 1) * m.shape(1)};
}

TEST(Gru, IsPyTorchsNumberByNumber) {
  Random random(3);
  Gru layer(kInputs, kHidden, random);
  layer.begin(1);
  layer.state = drawn(1, kHidden, random);
  Input x(drawn(3, kInputs, random));
  const Matrix out = layer(x).out_tensor;
  std::vector<double> h = numbers_of(layer.state, 0);
  for (std::size_t t = 0; t < 3; ++t) {
    std::vector<double> after;
    for (std::size_t j = 0; j < kHidden; ++j) {
      const auto a = [&](std::size_t block) {
        const std::size_t at = block * kHidden + j;
        return dot(layer.w_x.value(), at, numbers_of(x.out_tensor, t)) +
               layer.bias_x.value()(0, at);
      };
      const auto u = [&](std::size_t block) {
        const std::size_t at = block * kHidden + j;
        return dot(layer.w_h.value(), at, h) + layer.bias_h.value()(0, at);
      };
      const double r = sigmoid(a(0) + u(0)), z = sigmoid(a(1) + u(1)),
                   n = std::tanh(a(2) + r * u(2));
      after.push_back((1 - z) * n + z * h[j]);
    }
    h = after;
    EXPECT_THAT(rows(out, t, 1), is_matrix({1, kHidden}, h)) << "step " << t;
  }
  tape().clear();
}

TEST(Lstm, IsPyTorchsNumberByNumber) {
  Random random(4);
  Lstm layer(kInputs, kHidden, random);
  EXPECT_THAT(layer.bias.value(),
              is_matrix({1, 16}, {0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}));
  layer.begin(1);
  layer.state = drawn(1, 2 * kHidden, random);
  layer.bias.value() = drawn(1, 4 * kHidden, random);
  Input x(drawn(3, kInputs, random));
  const Matrix out = layer(x).out_tensor;
  const std::vector<double> start = numbers_of(layer.state, 0);
  std::vector<double> h(start.begin(), start.begin() + kHidden),
      c(start.begin() + kHidden, start.end());
  for (std::size_t t = 0; t < 3; ++t) {
    std::vector<double> after;
    for (std::size_t j = 0; j < kHidden; ++j) {
      const auto a = [&](std::size_t block) {
        const std::size_t at = block * kHidden + j;
        return dot(layer.w_x.value(), at, numbers_of(x.out_tensor, t)) +
               dot(layer.w_h.value(), at, h) + layer.bias.value()(0, at);
      };
      c[j] = sigmoid(a(1)) * c[j] + sigmoid(a(0)) * std::tanh(a(2));
      after.push_back(sigmoid(a(3)) * std::tanh(c[j]));
    }
    h = after;
    EXPECT_THAT(rows(out, t, 1), is_matrix({1, kHidden}, h)) << "step " << t;
  }
  h.insert(h.end(), c.begin(), c.end());
  EXPECT_THAT(layer.last_state, is_matrix({1, 2 * kHidden}, h)) << "h and c side by side";
  tape().clear();
}

}  // namespace
}  // namespace gradbook
