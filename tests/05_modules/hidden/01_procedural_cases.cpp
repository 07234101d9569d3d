#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "05_modules/procedural.hpp"
#include "support/gradcheck.hpp"
#include "support/matrices.hpp"

namespace gradbook {
namespace {

// Sums of up to 24 terms of sizes up to 8, five in a row
const Tolerance kSteps{.terms = 150, .scale = 8};

// Examples, inputs, hidden units and classes
struct Net {
  std::size_t n, d, h, k;
};
constexpr Net kNets[] = {{7, 3, 5, 2}, {2, 5, 3, 7}, {13, 2, 11, 3}, {5, 7, 2, 1}};
constexpr Net kOne[] = {{1, 3, 2, 4}, {1, 1, 1, 2}, {1, 2, 7, 3}};
constexpr Net kSquare[] = {{4, 4, 4, 4}, {3, 3, 3, 3}};
constexpr Net kNothing[] = {{3, 0, 2, 3}, {2, 3, 0, 4}, {4, 0, 0, 2}};

// What goes into a network
struct Drawn {
  explicit Drawn(const Net& net)
      : x(input_matrix("x", net.n, net.d)),
        y(input_probabilities("y", net.n, net.k)),
        alpha(input_matrix("alpha", net.h, net.d, -1, 1)),
        beta(input_matrix("beta", net.k, net.h, -1, 1)) {}

  std::string text() const {
    return fmt::format("x {}, alpha {}, beta {}", gradbook::text(x), gradbook::text(alpha),
                       gradbook::text(beta));
  }

  void observe_unchanged() const {
    observe("x after", x);
    observe("y after", y);
    observe("alpha after", alpha);
    observe("beta after", beta);
  }

  Matrix x, y, alpha, beta;
};

// Exactly one right class for each example, and each class in turn
Matrix one_hot(std::size_t n, std::size_t classes) {
  Matrix y({n, classes}, 0);
  for (std::size_t i = 0; i < n; ++i) y(i, i % classes) = 1;
  return y;
}

void observe_all(const std::string& of, const Activations& f) {
  observe("a of " + of, f.a, kSteps);
  observe("z of " + of, f.z, kSteps);
  observe("b of " + of, f.b, kSteps);
  observe("y_hat of " + of, f.y_hat, kSteps);
  observe("loss of " + of, f.loss, kSteps);
}

void observe_all(const std::string& of, const ActivationGradients& g) {
  observe("gradient by y_hat, " + of, g.y_hat, {.terms = 150, .scale = 20});
  observe("gradient by b, " + of, g.b, kSteps);
  observe("gradient by beta, " + of, g.beta, kSteps);
  observe("gradient by z, " + of, g.z, kSteps);
  observe("gradient by a, " + of, g.a, kSteps);
  observe("gradient by alpha, " + of, g.alpha, kSteps);
}

template <std::size_t kCount>
void observe_forward(const Net (&nets)[kCount], bool with_one_right = false) {
  for (const Net& net : nets) {
    Drawn in(net);
    if (with_one_right) in.y = one_hot(net.n, net.k);
    calling("nn_forward of " + in.text());
    observe_all(in.text(), nn_forward(in.x, in.y, in.alpha, in.beta));
    in.observe_unchanged();
  }
}

// Activations whose steps fit each other, but for the two products; so backward is asked for its
// own work, whatever forward does
Activations draw_activations(const Net& net) {
  Activations f{Matrix(), input_matrix("z", net.n, net.h, 0.05, 0.95), Matrix(),
                input_probabilities("y_hat", net.n, net.k), Real(0)};
  f.a = f.z;
  for (Real& x : f.a) x = std::log(x / (1 - x));
  f.b = f.y_hat;
  for (Real& x : f.b) x = std::log(x);
  f.loss = static_cast<Real>(draw(0.5, 2));
  return f;
}

template <std::size_t kCount>
void observe_backward(const Net (&nets)[kCount], bool with_one_right = false) {
  for (const Net& net : nets) {
    Drawn in(net);
    if (with_one_right) in.y = one_hot(net.n, net.k);
    const Activations f = draw_activations(net);
    calling("nn_backward with activations that were drawn, " + in.text());
    observe_all(in.text(), nn_backward(in.x, in.y, in.alpha, in.beta, f));
    in.observe_unchanged();
    observe("z after", f.z);
    observe("y_hat after", f.y_hat);
  }
}

CASE(procedural, forward, "a = x αᵀ, z = σ(a), b = z βᵀ, ŷ = softmax(b), J = −Σ y log ŷ / N",
     {.weight = 3}) {
  observe_forward(kNets);
}

CASE(procedural, forward_of_one_example, "a single example is a batch, too") {
  observe_forward(kOne);
}

CASE(procedural, forward_of_squares, "square matrices, where sizes are no help") {
  observe_forward(kSquare);
}

CASE(procedural, forward_with_one_right_class, "y is 1 for a single class of each example") {
  observe_forward(kNets, true);
}

CASE(procedural, forward_of_nothing,
     "without inputs every z is ½; without hidden units every b is 0") {
  observe_forward(kNothing);
}

CASE(procedural, forward_of_large_weights,
     "b of a thousand makes no infinity of a probability, and every row has its own largest") {
  for (const Net& net : {Net{5, 2, 3, 4}, {2, 1, 5, 3}}) {
    Drawn in(net);
    // All b of an example are z · common more, about the same for all classes
    const std::vector<double> common = input("what rows of beta share", draw_list(net.h, 300, 600));
    for (std::size_t k = 0; k < net.k; ++k) {
      for (std::size_t h = 0; h < net.h; ++h) in.beta(k, h) += static_cast<Real>(common[h]);
    }
    for (Real& x : in.x) x *= 10;
    calling("nn_forward of " + in.text() + " with b around 1000");
    const Activations f = nn_forward(in.x, in.y, in.alpha, in.beta);
    observe("y_hat of " + in.text(), f.y_hat, {.terms = 100, .scale = 2000});
    observe("loss of " + in.text(), f.loss, {.terms = 100, .scale = 2000});
  }
}

CASE(procedural, forward_of_large_a, "σ is 0 and 1 far out, and z is finite everywhere") {
  for (const Net& net : {Net{3, 2, 5, 3}, {1, 1, 4, 2}}) {
    Drawn in(net);
    for (Real& x : in.alpha) x *= 1000;
    calling("nn_forward of " + in.text() + " with a around ±1000");
    observe_all(in.text(), nn_forward(in.x, in.y, in.alpha, in.beta));
  }
}

CASE(procedural, backward, "each gradient follows from that of the step after it", {.weight = 3}) {
  observe_backward(kNets);
}

CASE(procedural, backward_of_one_example, "a single example is a batch, too") {
  observe_backward(kOne);
}

CASE(procedural, backward_of_squares, "square matrices, where sizes are no help") {
  observe_backward(kSquare);
}

CASE(procedural, backward_with_one_right_class, "where y is 0, so is the gradient by ŷ") {
  observe_backward(kNets, true);
}

CASE(procedural, backward_of_nothing, "no inputs or no hidden units: gradients of these sizes") {
  observe_backward(kNothing);
}

CASE(procedural, both, "backward goes on from what forward kept", {.weight = 2}) {
  for (const Net& net : kNets) {
    const Drawn in(net);
    calling("nn_forward and nn_backward of " + in.text());
    const Activations f = nn_forward(in.x, in.y, in.alpha, in.beta);
    observe_all(in.text(), nn_backward(in.x, in.y, in.alpha, in.beta, f));
  }
}

CASE(procedural, errors,
     "sizes that do not fit throw a ShapeError, also where they would broadcast") {
  const Drawn in(Net{4, 3, 5, 2});
  calling(
      "nn_forward of x (4, 3), y (4, 2), alpha (5, 3) and beta (2, 5) with one wrong shape each");
  const auto forward = [](const Matrix& x, const Matrix& y, const Matrix& alpha,
                          const Matrix& beta) { return [&] { nn_forward(x, y, alpha, beta); }; };
  using Shapes = std::vector<std::pair<std::size_t, std::size_t>>;
  for (const auto& [rows, columns] : Shapes{{4, 5}, {4, 1}, {3, 3}, {1, 3}, {0, 3}}) {
    const Matrix x = input_matrix("another x", rows, columns);
    observe_error("x " + text(x), forward(x, in.y, in.alpha, in.beta));
  }
  for (const auto& [rows, columns] : Shapes{{4, 3}, {4, 1}, {1, 2}, {5, 2}, {2, 4}, {0, 2}}) {
    const Matrix y = input_probabilities("another y", rows, columns);
    observe_error("y " + text(y), forward(in.x, y, in.alpha, in.beta));
  }
  for (const auto& [rows, columns] : Shapes{{3, 5}, {5, 1}, {4, 3}, {1, 3}, {0, 3}}) {
    const Matrix alpha = input_matrix("another alpha", rows, columns);
    observe_error("alpha " + text(alpha), forward(in.x, in.y, alpha, in.beta));
  }
  for (const auto& [rows, columns] : Shapes{{5, 2}, {2, 4}, {3, 5}, {1, 5}, {2, 1}}) {
    const Matrix beta = input_matrix("another beta", rows, columns);
    observe_error("beta " + text(beta), forward(in.x, in.y, in.alpha, beta));
  }
}

CASE(procedural, no_example, "a mean of nothing throws a ShapeError") {
  const Matrix x({0, 3}), y({0, 2}), alpha = input_matrix("alpha", 5, 3),
                                     beta = input_matrix("beta", 2, 5);
  calling("nn_forward of no example");
  observe_error("x (0, 3) and y (0, 2)", [&] { nn_forward(x, y, alpha, beta); });
}

PROOF(procedural, central_differences) {
  for (const Net& net : {Net{7, 3, 5, 2}, {1, 2, 3, 4}, {4, 4, 4, 4}}) {
    const Drawn in(net);
    const Activations f = nn_forward(in.x, in.y, in.alpha, in.beta);
    const ActivationGradients g = nn_backward(in.x, in.y, in.alpha, in.beta, f);
    const auto check = [&](const char* by, const Matrix& found, const Matrix& at, auto loss_of) {
      const std::vector<Real> kept = listed(at);
      const auto numeric = numeric_gradient(
          [&](const std::vector<double>& numbers) {
            return static_cast<double>(loss_of(filled<Matrix>(at.shape(), numbers)));
          },
          {kept.begin(), kept.end()});
      prove(found.shape() == at.shape(), fmt::format("the shape of the gradient by {}", by));
      for (std::size_t i = 0; i < numeric.size(); ++i)
        prove_close(fmt::format("element {} by {}", i, by), found.data()[i], numeric[i], 1e-8);
    };
    check("alpha", g.alpha, in.alpha,
          [&](const Matrix& m) { return nn_forward(in.x, in.y, m, in.beta).loss; });
    check("beta", g.beta, in.beta,
          [&](const Matrix& m) { return nn_forward(in.x, in.y, in.alpha, m).loss; });

    // The rest of the way from each step, written once more
    const auto from_y_hat = [&](const Matrix& y_hat) {
      double sum = 0;
      for (std::size_t i = 0; i < y_hat.size(); ++i)
        sum -= in.y.data()[i] * std::log(y_hat.data()[i]);
      return sum / static_cast<double>(net.n);
    };
    const auto from_b = [&](const Matrix& b) {
      Matrix y_hat = b;
      for (std::size_t n = 0; n < net.n; ++n) {
        double sum = 0;
        for (const Real x : row_of(b, n)) sum += std::exp(x);
        for (Real& x : row_of(y_hat, n)) x = std::exp(x) / sum;
      }
      return from_y_hat(y_hat);
    };
    const auto from_z = [&](const Matrix& z) { return from_b(matmul(z, transposed(in.beta))); };
    const auto from_a = [&](const Matrix& a) {
      Matrix z = a;
      for (Real& x : z) x = 1 / (1 + std::exp(-x));
      return from_z(z);
    };
    check("y_hat", g.y_hat, f.y_hat, from_y_hat);
    check("b", g.b, f.b, from_b);
    check("z", g.z, f.z, from_z);
    check("a", g.a, f.a, from_a);
  }
}

// Where the rows of y sum to 1, the gradient by b is (ŷ − y) / N
PROOF(procedural, closed_forms) {
  const Drawn in(Net{7, 3, 5, 4});
  const Activations f = nn_forward(in.x, in.y, in.alpha, in.beta);
  const ActivationGradients g = nn_backward(in.x, in.y, in.alpha, in.beta, f);
  for (std::size_t i = 0; i < in.y.size(); ++i)
    prove_close("gradient by b", g.b.data()[i], (f.y_hat.data()[i] - in.y.data()[i]) / 7, 1e-15);
  const Activations zero = nn_forward(in.x, in.y, Matrix({5, 3}, 0), Matrix({4, 5}, 0));
  prove_close("log of the number of classes", zero.loss, std::log(4.0), 1e-15);
}

}  // namespace
}  // namespace gradbook
