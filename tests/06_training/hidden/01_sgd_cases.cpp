#include <array>
#include <limits>
#include <string>

#include "06_training/optimizers.hpp"
#include "support/parameters.hpp"

namespace gradbook {
namespace {

std::string text(const SGDOptions& o) {
  return fmt::format("rate {:.3}, momentum {:.3}, decay {:.3}{}", o.rate, o.momentum,
                     o.weight_decay, o.nesterov ? ", nesterov" : "");
}

// Some steps with new gradients each, on parameters of several shapes, one of them empty
void observe_steps(const SGDOptions& options, int steps = 4) {
  DrawnParameters parameters({{7, 3}, {1, 5}, {1, 1}, {0, 3}, {2, 11}});
  SGD sgd(parameters.pointers(), options);
  for (int step = 1; step <= steps; ++step) {
    parameters.draw_gradients();
    calling(fmt::format("step {} of SGD with {}", step, text(options)));
    sgd.step();
    parameters.observe_all(fmt::format("after step {} with {}", step, text(options)));
  }
}

double draw_rate() { return input("rate", draw(0.05, 0.3)); }
double draw_share(std::string_view what) { return input(what, draw(0.2, 0.95)); }

CASE(sgd, descent,
     "without momentum and decay each number goes down its slope, rate times as far") {
  observe_steps({.rate = draw_rate()});
  observe_steps({.rate = 0});
}

CASE(sgd, weight_decay, "decay adds λ θ to the gradient, so θ is pulled towards 0") {
  observe_steps({.rate = draw_rate(), .weight_decay = draw_share("decay")});
}

CASE(sgd, momentum, "the velocity keeps μ of itself and gains all of the new gradient",
     {.weight = 2}) {
  observe_steps({.rate = draw_rate(), .momentum = draw_share("momentum")});
}

CASE(sgd, momentum_and_decay, "the decay is part of g, so the velocity has it, too") {
  observe_steps({.rate = draw_rate(),
                 .momentum = draw_share("momentum"),
                 .weight_decay = draw_share("decay")});
}

CASE(sgd, nesterov, "nesterov steps along g + μ v, with the velocity that is new") {
  observe_steps({.rate = draw_rate(), .momentum = draw_share("momentum"), .nesterov = true});
}

CASE(sgd, nesterov_and_decay, "the decay is in g before nesterov looks ahead") {
  observe_steps({.rate = draw_rate(),
                 .momentum = draw_share("momentum"),
                 .weight_decay = draw_share("decay"),
                 .nesterov = true});
}

CASE(sgd, changing_rate, "a rate that changes counts from then on; the velocity knows none",
     {.weight = 2}) {
  const double momentum = draw_share("momentum");
  for (const bool nesterov : {false, true}) {
    DrawnParameters parameters({{3, 2}, {2, 3}, {1, 7}});
    SGD sgd(parameters.pointers(), {.rate = 0.5, .momentum = momentum, .nesterov = nesterov});
    for (int step = 1; step <= 4; ++step) {
      parameters.draw_gradients();
      sgd.rate = draw_rate();
      calling(fmt::format("step {} at another rate{}", step, nesterov ? ", nesterov" : ""));
      sgd.step();
      parameters.observe_all(fmt::format("step {}{}", step, nesterov ? ", nesterov" : ""));
    }
  }
}

CASE(sgd, without_gradient,
     "a parameter without a gradient stays as it is; those after it do not") {
  const double rate = draw_rate(), decay = draw_share("decay");
  DrawnParameters parameters({{1, 3}, {2, 2}, {5, 1}});
  SGD sgd(parameters.pointers(), {.rate = rate, .weight_decay = decay});
  calling("a step where no parameter has a gradient");
  sgd.step();
  parameters.observe_all("none has a gradient", {});
  for (const std::size_t without : {1, 0, 2}) {
    parameters.draw_gradients(1, without);
    calling(fmt::format("a step where parameter {} has no gradient", without));
    sgd.step();
    parameters.observe_all(fmt::format("{} without a gradient", without));
  }
}

CASE(sgd, velocity_without_gradient,
     "where there is no gradient the velocity rests, neither fading nor forgotten") {
  const double rate = draw_rate(), momentum = draw_share("momentum");
  DrawnParameters parameters({{2, 3}, {2, 3}, {1, 4}});
  SGD sgd(parameters.pointers(), {.rate = rate, .momentum = momentum});
  // The first has its first step late, the second a gap
  constexpr std::array<std::size_t, 5> kWithout = {0, 1, 1, 0, 3};
  for (std::size_t step = 0; step < kWithout.size(); ++step) {
    parameters.draw_gradients(1, kWithout[step]);
    calling(fmt::format("a step where parameter {} has no gradient", kWithout[step]));
    sgd.step();
    parameters.observe_all(fmt::format("step {}", step + 1));
  }
}

CASE(sgd, state, "the state is a velocity for each parameter: what is loaded into it counts") {
  const double rate = draw_rate(), momentum = draw_share("momentum");
  DrawnParameters parameters({{2, 3}, {1, 5}});
  SGD sgd(parameters.pointers(), {.rate = rate, .momentum = momentum});
  for (int step = 1; step <= 2; ++step) {
    parameters.draw_gradients();
    sgd.step();
  }
  calling("state() after two steps with momentum");
  for (const NamedMatrix& named : sgd.state())
    observe(named.name, *named.matrix, {.terms = 16, .scale = 2});

  SGD other(parameters.pointers(), {.rate = rate, .momentum = momentum});
  for (const NamedMatrix& named : other.state()) {
    const std::size_t i = named.name == "velocity.0" ? 0 : 1;
    *named.matrix =
        filled<Matrix>(parameters[i].value().shape(),
                       input(named.name, draw_list(parameters[i].value().size(), -1, 1)));
  }
  parameters.draw_gradients();
  calling("a step of a new SGD, into whose state velocities were loaded");
  other.step();
  parameters.observe_all("after a step with loaded velocities");
}

// Three steps of torch.optim.SGD (PyTorch 1.13) on θ = (0.5, −1.25, 2) in double
using Trace = std::array<std::array<double, 3>, 3>;
constexpr Trace kGradients = {{{0.5, -2, 0.25}, {-1, 0.125, 3}, {0.75, 1.5, -0.5}}};

void prove_trace(const SGDOptions& options, const Trace& expected) {
  Parameter theta(Matrix{{0.5, -1.25, 2}});
  SGD sgd({&theta}, options);
  for (std::size_t step = 0; step < 3; ++step) {
    theta.grad() = Matrix::from_shape({1, 3});
    for (std::size_t j = 0; j < 3; ++j) theta.grad()(0, j) = kGradients[step][j];
    sgd.step();
    for (std::size_t j = 0; j < 3; ++j)
      prove_close(fmt::format("step {} of {}", step + 1, text(options)), theta.value()(0, j),
                  expected[step][j], 4e-16);
  }
}

PROOF(sgd, traces_of_pytorch) {
  prove_trace(
      {.rate = 0.1},
      {{{0.45, -1.05, 1.975}, {0.55, -1.0625, 1.675}, {0.47500000000000003, -1.2125, 1.725}}});
  prove_trace(
      {.rate = 0.1, .momentum = 0.9},
      {{{0.45, -1.05, 1.975}, {0.505, -0.8825000000000001, 1.6525}, {0.4795, -0.88175, 1.41225}}});
  prove_trace({.rate = 0.1, .weight_decay = 0.3},
              {{{0.435, -1.0125, 1.915},
                {0.52195, -0.994625, 1.55755},
                {0.43129150000000005, -1.11478625, 1.5608235}}});
  prove_trace({.rate = 0.1, .momentum = 0.9, .weight_decay = 0.3},
              {{{0.435, -1.0125, 1.915},
                {0.46345, -0.7808749999999999, 1.48105},
                {0.4001515, -0.6989862499999998, 1.0960634999999999}}});
  prove_trace({.rate = 0.1, .momentum = 0.9, .weight_decay = 0.3, .nesterov = true},
              {{{0.3765, -0.79875, 1.8385},
                {0.49238950000000004, -0.5845962499999999, 1.0948555},
                {0.34628934850000004, -0.6538521387499999, 0.7778081864999999}}});
}

PROOF(sgd, refuses) {
  Parameter theta(Matrix{{1}});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto refused = [&](const SGDOptions& options) {
    try {
      SGD({&theta}, options);
    } catch (const RangeError&) {
      return true;
    }
    return false;
  };
  for (const double bad : {-0.1, nan}) {
    prove(refused({.rate = bad}), "a rate that is none");
    prove(refused({.momentum = bad}), "a momentum that is none");
    prove(refused({.weight_decay = bad}), "a decay that is none");
  }
  prove(refused({.nesterov = true}), "nesterov without momentum");
  prove(!refused({.momentum = 0.5, .nesterov = true}), "nesterov with momentum is fine");
}

}  // namespace
}  // namespace gradbook
