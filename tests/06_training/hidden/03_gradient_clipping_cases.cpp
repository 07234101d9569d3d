#include <cmath>
#include <limits>

#include "06_training/optimizers.hpp"
#include "support/parameters.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Clips, and observes what came back and all gradients
void observe_clipping(DrawnParameters& parameters, double max_norm, const std::string& when) {
  calling(fmt::format("clip_gradients to {}, {}", max_norm, when));
  observe(fmt::format("norm, {}", when), clip_gradients(parameters.pointers(), max_norm),
          {.terms = 100});
  parameters.observe_all(when, {.terms = 100});
}

CASE(gradient_clipping, above, "one factor for all gradients, from the norm of all together",
     {.weight = 2}) {
  DrawnParameters parameters({{7, 3}, {1, 5}, {1, 1}, {0, 3}, {2, 11}});
  for (const double max_norm : {0.1, 1.0, 2.0}) {
    parameters.draw_gradients(3);
    observe_clipping(parameters, input("max_norm", max_norm * draw(0.8, 1.2)),
                     fmt::format("to about {}", max_norm));
  }
}

CASE(gradient_clipping, below, "gradients that are short enough stay as they are, bit by bit") {
  DrawnParameters parameters({{2, 3}, {5, 1}, {1, 7}});
  for (const double max_norm : {100.0, 1e6, kInfinity}) {
    parameters.draw_gradients();
    observe_clipping(parameters, max_norm, fmt::format("far below {}", max_norm));
  }
}

CASE(gradient_clipping, one_parameter, "the norm of a single gradient is its length") {
  for (const auto& shape : {Matrix::shape_type{1, 1}, {3, 5}, {13, 1}}) {
    DrawnParameters parameters({shape});
    parameters.draw_gradients(5);
    observe_clipping(parameters, input("max_norm", draw(0.01, 0.1)),
                     fmt::format("one of ({}, {})", shape[0], shape[1]));
  }
}

CASE(gradient_clipping, short_each_long_together,
     "gradients that are short one by one are too long together") {
  DrawnParameters parameters({{1, 2}, {2, 1}, {1, 3}, {2, 2}, {1, 1}, {1, 4}});
  for (std::size_t i = 0; i < 6; ++i) {
    const auto& shape = parameters[i].value().shape();
    parameters[i].grad() = input_matrix("gradient", shape[0], shape[1], 0.2, 0.45);
  }
  observe_clipping(parameters, 0.95, "each below 0.95, together above");
}

CASE(gradient_clipping, at_the_bound,
     "just at max_norm PyTorch's 10⁻⁶ makes the factor less than 1") {
  DrawnParameters parameters({{1, 2}, {1, 1}});
  const double size = input("size", static_cast<double>(draw_integer(1, 4)));
  for (const double above : {0.0, 0.5e-6, 2e-6}) {
    parameters[0].grad() = Matrix{{static_cast<Real>(3 * size), static_cast<Real>(-4 * size)}};
    parameters[1].grad() = Matrix{{static_cast<Real>(12 * size)}};
    observe_clipping(parameters, 13 * size + above, fmt::format("max_norm is n + {}", above));
  }
}

CASE(gradient_clipping, zero, "gradients of 0 have the norm 0 and stay 0; max_norm 0 makes all 0") {
  DrawnParameters parameters({{2, 3}, {1, 1}});
  for (const double max_norm : {1.0, 0.0}) {
    parameters.draw_gradients(0);
    observe_clipping(parameters, max_norm, fmt::format("zeros to {}", max_norm));
  }
  parameters.draw_gradients();
  observe_clipping(parameters, 0, "all to 0");
}

CASE(gradient_clipping, without_gradient,
     "a parameter without a gradient counts nothing and gets none", {.weight = 2}) {
  for (const std::size_t without : {0, 1, 2}) {
    DrawnParameters parameters({{2, 3}, {1, 5}, {4, 1}});
    parameters.draw_gradients(3, without);
    observe_clipping(parameters, 0.5, fmt::format("{} without", without));
  }
  DrawnParameters none({{2, 3}, {1, 5}});
  observe_clipping(none, 0.5, "none has one");
  DrawnParameters nothing({});
  observe_clipping(nothing, 0.5, "no parameters");
}

CASE(gradient_clipping, not_finite, "where a gradient is infinite or NaN, so is n, and all stay") {
  for (const double bad : {kInfinity, -kInfinity, kNaN}) {
    DrawnParameters parameters({{2, 3}, {1, 4}});
    parameters.draw_gradients(3);
    parameters[1].grad()(0, 2) = static_cast<Real>(bad);
    observe_clipping(parameters, 0.5, fmt::format("with a number that is {}", bad));
  }
}

CASE(gradient_clipping, again,
     "clipped gradients are short enough: a second time changes nothing") {
  DrawnParameters parameters({{3, 3}, {1, 2}});
  parameters.draw_gradients(5);
  observe_clipping(parameters, 2, "the first time");
  observe_clipping(parameters, 2, "the second time");
}

CASE(gradient_clipping, errors,
     "a max_norm that is negative or NaN is refused, and nothing changes") {
  DrawnParameters parameters({{2, 3}, {1, 2}});
  parameters.draw_gradients(5);
  for (const double bad : {-1.0, -1e-300, -kInfinity, kNaN}) {
    observe_error(fmt::format("max_norm {}", bad),
                  [&] { clip_gradients(parameters.pointers(), bad); });
    parameters.observe_all(fmt::format("after max_norm {}", bad));
  }
}

// torch.nn.utils.clip_grad_norm_ (PyTorch 1.13) on (3, −4) and (12) in double
PROOF(gradient_clipping, pytorch) {
  const auto prove_clipped = [](double max_norm, double first, double second, double third) {
    Parameter a(Matrix{{1, 1}}), b(Matrix{{1}});
    a.grad() = Matrix{{3, -4}};
    b.grad() = Matrix{{12}};
    prove(clip_gradients({&a, &b}, max_norm) == 13, "3² + 4² + 12² = 13²");
    prove_close("3", a.grad()(0, 0), first, 2e-15);
    prove_close("−4", a.grad()(0, 1), second, 2e-15);
    prove_close("12", b.grad()(0, 0), third, 4e-15);
  };
  prove_clipped(6.5, 1.4999998846153937, -1.9999998461538582, 5.999999538461575);
  prove_clipped(13, 2.9999997692307874, -3.9999996923077163, 11.99999907692315);
  prove_clipped(13.00001, 3, -4, 12);
  prove_clipped(20, 3, -4, 12);
}

}  // namespace
}  // namespace gradbook
