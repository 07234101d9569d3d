#include <array>
#include <limits>
#include <memory>
#include <string>

#include "06_training/optimizers.hpp"
#include "support/parameters.hpp"

namespace gradbook {
namespace {

enum class Kind { adam, adamw };

std::unique_ptr<ModuleOptimizer> make(Kind kind, std::vector<Parameter*> parameters,
                                      const AdamOptions& options) {
  if (kind == Kind::adam) return std::make_unique<Adam>(std::move(parameters), options);
  return std::make_unique<AdamW>(std::move(parameters), options);
}

std::string text(Kind kind, const AdamOptions& o) {
  return fmt::format("{} with rate {:.3}, betas {:.3} and {:.3}, epsilon {:.3}, decay {:.3}",
                     kind == Kind::adam ? "Adam" : "AdamW", o.rate, o.beta1, o.beta2, o.epsilon,
                     o.weight_decay);
}

// Some steps with new gradients each, on parameters of several shapes, one of them empty
void observe_steps(Kind kind, const AdamOptions& options, double gradients = 1, int steps = 4) {
  DrawnParameters parameters({{7, 3}, {1, 5}, {1, 1}, {0, 3}, {2, 11}});
  const auto adam = make(kind, parameters.pointers(), options);
  for (int step = 1; step <= steps; ++step) {
    parameters.draw_gradients(gradients);
    calling(fmt::format("step {} of {}", step, text(kind, options)));
    adam->step();
    parameters.observe_all(fmt::format("after step {} of {}", step, text(kind, options)));
  }
}

double draw_rate() { return input("rate", draw(0.01, 0.3)); }

// Observes means, squares and steps by their names
void observe_state(ModuleOptimizer& adam, std::string_view when) {
  for (const NamedMatrix& named : adam.state())
    observe(fmt::format("{}, {}", named.name, when), *named.matrix, {.terms = 16, .scale = 2});
}

CASE(adam, defaults, "the steps of Adam with PyTorch's betas and epsilon", {.weight = 2}) {
  observe_steps(Kind::adam, {.rate = draw_rate()});
  observe_steps(Kind::adam, {.rate = 0});
}

CASE(adam, betas,
     "β₁ belongs to the mean of gradients and β₂ to the mean of squares, at any values") {
  for (const auto& [low, high] : {std::array{0.1, 0.4}, {0.5, 0.99}}) {
    observe_steps(Kind::adam, {.rate = draw_rate(),
                               .beta1 = input("beta1", draw(low, high)),
                               .beta2 = input("beta2", draw(low, high))});
  }
  observe_steps(Kind::adam, {.rate = draw_rate(), .beta1 = 0, .beta2 = 0.9});
  observe_steps(Kind::adam, {.rate = draw_rate(), .beta1 = 0.9, .beta2 = 0});
}

CASE(adam, epsilon, "ε is added once the root of v has been corrected") {
  for (const double gradients : {1.0, 1e-3})
    observe_steps(Kind::adam, {.rate = draw_rate(), .epsilon = input("epsilon", draw(0.05, 0.5))},
                  gradients);
}

CASE(adam, small_and_large_gradients,
     "steps are as long as the rate, however large gradients are") {
  for (const double gradients : {1e-5, 1e8}) observe_steps(Kind::adam, {.rate = 0.1}, gradients);
}

CASE(adam, zero_gradients, "gradients of 0 make no step and no NaN, and the mean goes on") {
  const double rate = draw_rate();
  for (const Kind kind : {Kind::adam, Kind::adamw}) {
    DrawnParameters parameters({{1, 4}, {3, 2}});
    const auto adam = make(kind, parameters.pointers(), {.rate = rate, .weight_decay = 0});
    for (const double gradients : {0.0, 1.0, 0.0, 0.0}) {
      parameters.draw_gradients(gradients);
      calling(fmt::format("a step with gradients of size {}", gradients));
      adam->step();
      parameters.observe_all(fmt::format("gradients of size {}", gradients));
    }
  }
}

CASE(adam, weight_decay, "Adam's decay is added to the gradient, and goes through both means") {
  observe_steps(Kind::adam, {.rate = draw_rate(), .weight_decay = input("decay", draw(0.2, 0.9))});
}

CASE(adam, decoupled_decay, "AdamW's decay shrinks θ by γ λ θ, and no mean ever sees it",
     {.weight = 2}) {
  observe_steps(Kind::adamw, {.rate = draw_rate(), .weight_decay = input("decay", draw(0.2, 0.9))});
  observe_steps(Kind::adamw, {.rate = draw_rate(), .weight_decay = 0});
}

CASE(adam, state, "m, v and t are kept for each parameter, under the names of the contract") {
  for (const Kind kind : {Kind::adam, Kind::adamw}) {
    DrawnParameters parameters({{2, 3}, {1, 5}});
    const auto adam = make(kind, parameters.pointers(), {.rate = 0.1, .weight_decay = 0.5});
    for (int step = 1; step <= 3; ++step) {
      parameters.draw_gradients();
      calling(fmt::format("step {} and state()", step));
      adam->step();
      observe_state(*adam, fmt::format("after {} steps", step));
    }
  }
}

CASE(adam, loaded_state, "what is loaded into the state counts, as if it had been computed") {
  const double rate = draw_rate();
  DrawnParameters parameters({{2, 3}, {1, 5}});
  Adam adam(parameters.pointers(), {.rate = rate});
  parameters.draw_gradients();
  adam.step();
  for (const NamedMatrix& named : adam.state()) {
    for (Real& number : *named.matrix)
      number = static_cast<Real>(named.name == "steps" ? 6 : input(named.name, draw(0.1, 1)));
  }
  parameters.draw_gradients();
  calling("the 7th step, after means and squares were loaded");
  adam.step();
  parameters.observe_all("after the 7th step");
  observe_state(adam, "after the 7th step");
}

CASE(adam, changing_rate, "a rate that changes counts for this step, and for its decay") {
  for (const Kind kind : {Kind::adam, Kind::adamw}) {
    DrawnParameters parameters({{3, 2}, {2, 3}, {1, 7}});
    const auto adam = make(kind, parameters.pointers(), {.rate = 0.5, .weight_decay = 0.3});
    for (int step = 1; step <= 3; ++step) {
      parameters.draw_gradients();
      adam->rate = draw_rate();
      calling(fmt::format("step {} at another rate", step));
      adam->step();
      parameters.observe_all(fmt::format("step {}{}", step, kind == Kind::adam ? "" : " of AdamW"));
    }
  }
}

CASE(adam, without_gradient, "without a gradient a parameter stays, and so do its means and its t",
     {.weight = 2}) {
  const double rate = draw_rate();
  for (const Kind kind : {Kind::adam, Kind::adamw}) {
    DrawnParameters parameters({{2, 3}, {2, 3}, {1, 4}});
    const auto adam = make(kind, parameters.pointers(), {.rate = rate, .weight_decay = 0.2});
    // The first has its first step late, the second a gap, the third none at the end
    int step = 0;
    for (const std::size_t without : {0, 0, 1, 1, 0, 2}) {
      parameters.draw_gradients(1, without);
      calling(fmt::format("step {}, where parameter {} has no gradient", ++step, without));
      adam->step();
      parameters.observe_all(fmt::format("step {}, {} without a gradient", step, without));
    }
    observe_state(*adam, "after six steps");
  }
}

// Three steps of torch.optim.Adam and AdamW (PyTorch 1.13) on θ = (0.5, −1.25, 2) in double
using Trace = std::array<std::array<double, 3>, 3>;
constexpr Trace kGradients = {{{0.5, -2, 0.25}, {-1, 0.125, 3}, {0.75, 1.5, -0.5}}};

void prove_trace(Kind kind, const AdamOptions& options, const Trace& expected) {
  Parameter theta(Matrix{{0.5, -1.25, 2}});
  const auto adam = make(kind, {&theta}, options);
  for (std::size_t step = 0; step < 3; ++step) {
    theta.grad() = Matrix::from_shape({1, 3});
    for (std::size_t j = 0; j < 3; ++j) theta.grad()(0, j) = kGradients[step][j];
    adam->step();
    for (std::size_t j = 0; j < 3; ++j)
      prove_close(fmt::format("step {} of {}", step + 1, text(kind, options)), theta.value()(0, j),
                  expected[step][j], 5e-16);
  }
}

PROOF(adam, traces_of_pytorch) {
  prove_trace(Kind::adam, {.rate = 0.1},
              {{{0.40000000199999997, -1.1500000005, 1.9000000039999998},
                {0.4366103542405653, -1.0877689059180844, 1.820281342010948},
                {0.42450562518924395, -1.0875773784577178, 1.7699640474555738}}});
  prove_trace(Kind::adam, {.rate = 0.1, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 0.01},
              {{{0.4019607843137255, -1.150497512437811, 1.9038461538461537},
                {0.46193047771417817, -1.106396220326067, 1.8126193227318788},
                {0.43523496787378735, -1.1495543473532384, 1.7780084890123489}}});
  prove_trace(Kind::adam, {.rate = 0.1, .weight_decay = 0.3},
              {{{0.4000000015384615, -1.1500000004210527, 1.9000000011764706},
                {0.4200688538944657, -1.0764130203234252, 1.8120953881623874},
                {0.39223019561211864, -1.0537062672437651, 1.7433898695770216}}});
  prove_trace(Kind::adamw, {.rate = 0.1, .weight_decay = 0.3},
              {{{0.38500000199999995, -1.1125000004999999, 1.8400000039999997},
                {0.4100603541805653, -1.0168939059030844, 1.7050813418909478},
                {0.38565381450382696, -0.9861955612656254, 1.603611607078845}}});
  prove_trace(Kind::adamw, {.rate = 0.1, .weight_decay = 0.01},
              {{{0.39950000199999997, -1.1487500005, 1.8980000039999998},
                {0.4357108542385653, -1.0853701559175843, 1.816383342006948},
                {0.4231704143330054, -1.0840932583013003, 1.7642496641095669}}});
}

PROOF(adam, default_decay_of_adamw) {
  Parameter theta(Matrix{{3}});
  AdamW adamw({&theta});
  theta.grad() = Matrix{{0}};
  adamw.step();
  prove_close("rate 10⁻³, decay 10⁻²", theta.value()(0, 0), 3 * (1 - 1e-5), 1e-15);
}

// Equal gradients g: m = (1 − β₁ᵗ) g and v = (1 − β₂ᵗ) g², so each step is γ g / (|g| + ε)
PROOF(adam, equal_gradients) {
  Parameter theta(Matrix{{0, 0}});
  Adam adam({&theta}, {.rate = 0.25, .epsilon = 0.5});
  for (int step = 1; step <= 20; ++step) {
    theta.grad() = Matrix{{2, -0.5}};
    adam.step();
    prove_close("a gradient of 2", theta.value()(0, 0), -step * 0.25 * 2 / 2.5, 1e-14);
    prove_close("a gradient of −0.5", theta.value()(0, 1), step * 0.25 * 0.5, 1e-14);
  }
}

PROOF(adam, refuses) {
  Parameter theta(Matrix{{1}});
  const auto refused = [&](const AdamOptions& options) {
    int times = 0;
    for (const Kind kind : {Kind::adam, Kind::adamw}) {
      try {
        make(kind, {&theta}, options);
      } catch (const RangeError&) {
        ++times;
      }
    }
    return times == 2;
  };
  for (const double bad : {-0.1, std::numeric_limits<double>::quiet_NaN()}) {
    prove(refused({.rate = bad}), "a rate that is none");
    prove(refused({.beta1 = bad}), "a beta1 that is none");
    prove(refused({.beta2 = bad}), "a beta2 that is none");
    prove(refused({.epsilon = bad}), "an epsilon that is none");
    prove(refused({.weight_decay = bad}), "a decay that is none");
  }
  prove(refused({.beta1 = 1}) && refused({.beta2 = 1}), "a beta of 1 forgets nothing");
}

}  // namespace
}  // namespace gradbook
