#include <cmath>
#include <cstdlib>
#include <limits>
#include <new>

#include "02_scalar/scalar.hpp"
#include "02_scalar/tape.hpp"
#include "support/expressions.hpp"
#include "support/gradcheck.hpp"

namespace {
[[maybe_unused]] std::int64_t allocations = 0;
}  // namespace

#ifndef GRADBOOK_JUDGE

// Every allocation of the worker comes through here; inlined, g++ would see new and free mismatched
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

#endif

namespace gradbook {
namespace {

std::vector<Taped> variables(Tape& tape, const std::vector<double>& values) {
  std::vector<Taped> result;
  for (double value : values) result.push_back(tape.variable(value));
  return result;
}

std::vector<double> grads(const Tape& tape, const std::vector<Taped>& numbers) {
  std::vector<double> result;
  for (const Taped& number : numbers) result.push_back(tape.grad(number));
  return result;
}

// All entries as rows of two: what they were computed from, and the partials
[[maybe_unused]] void observe_entries(const Tape& tape) {
  std::vector<std::int64_t> inputs;
  std::vector<double> partials;
  for (const Tape::Entry& entry : tape.entries()) {
    for (int k = 0; k < 2; ++k) {
      inputs.push_back(entry.inputs[k]);
      partials.push_back(
          entry.inputs[k] == 0 ? 0 : entry.partials[k]);  // a constant's is of no interest
    }
  }
  const std::vector<std::uint64_t> shape = {tape.entries().size(), 2};
  observe("inputs of all entries", std::span<const std::int64_t>(inputs), shape);
  observe("partials of all entries", std::span<const double>(partials), shape, {.terms = 4});
}

CASE(tape, entries,
     "an entry holds the partials and the places of the inputs, in order; its own place is how "
     "many came before") {
  const std::vector<double> at = input("x, y", draw_list(2, 0.5, 2));
  Tape tape;
  calling("x = tape.variable(…), y = tape.variable(…), x * y, (x * y) / x, exp(y), 3 * x, 2 - y");
  const Taped x = tape.variable(at[0]), y = tape.variable(at[1]), product = x * y;
  std::vector<std::int64_t> places;
  for (const Taped& t : {x, y, product, product / x, exp(y), 3.0 * x, 2.0 - y})
    places.push_back(t.entry());
  observe("their places", places);
  observe_entries(tape);
}

CASE(tape, record, "record takes any partials and inputs, keeps them as they are, and counts on") {
  Tape tape;
  std::vector<std::int64_t> places;
  const std::int64_t n = input("records", draw_integer(20, 60));
  calling("tape.record(by_a, a, by_b, b), several times");
  for (std::int64_t i = 0; i < n; ++i) {
    const double by_a = draw(-1, 1), by_b = draw(-1, 1);
    const auto a = static_cast<std::uint32_t>(draw_integer(0, i));
    const auto b = static_cast<std::uint32_t>(draw_integer(0, i));
    places.push_back(tape.record(by_a, a, by_b, b));
  }
  observe("places", places);
  observe_entries(tape);
}

CASE(tape, function_table,
     "every formula, recorded and passed back, has the gradient of the formula") {
  const std::vector<double> at = input("x, y", draw_list(2, 0.5, 2));
  for (const auto& [text, of] : function_table<Taped>()) {
    Tape tape;
    const std::vector<Taped> xy = variables(tape, at);
    calling("backward of " + std::string(text));
    const Taped f = of(xy[0], xy[1]);
    tape.backward(f);
    observe("value of " + std::string(text), f.value(), {.terms = 20, .scale = 4});
    observe("gradient of " + std::string(text), grads(tape, xy), {.terms = 20, .scale = 20});
  }
}

CASE(tape, shared,
     "a number that is used several times collects a share from each use: add, do not overwrite") {
  Tape tape;
  const Taped x = tape.variable(input("x", draw(0.5, 1.5)));
  const std::int64_t rungs = input("rungs", draw_integer(40, 60));
  Taped ladder = x;
  for (std::int64_t i = 0; i < rungs; ++i) ladder = ladder + ladder;
  const Taped power = x * x * x, diamond = exp(x) * log(x);
  calling("backward of a ladder of b = a + a, of x * x * x, of exp(x) * log(x), of x - x");
  tape.backward(ladder);
  observe("slope of the ladder", tape.grad(x));
  tape.backward(power);
  observe("slope of the power", tape.grad(x), {.terms = 4});
  tape.backward(diamond);
  observe("slope of the diamond", tape.grad(x), {.terms = 8, .scale = 4});
  const Taped none = x - x, constant = x / x;
  tape.backward(none);
  observe("slope of x - x", tape.grad(x));
  tape.backward(constant);
  observe("slope of x / x", tape.grad(x), {.scale = 2});
}

CASE(tape, equals_backward,
     "the tape and backward of 2.5 find the same gradient, for every number of a graph of any "
     "shape") {
  for (std::int64_t n : {0, 1, 2, 7, 31, 101, 307}) {
    const std::string text = std::to_string(n) + " steps";
    const std::vector<double> at = input("leaves", draw_list(3, -1, 1));
    const std::vector<Step> steps = draw_steps(n, 3);
    const std::vector<double> weights = draw_list(n + 3, -1, 1);
    const double seed = input("seed", draw(0.5, 2));
    calling("backward of a random graph of " + text);

    Tape tape;
    const std::vector<Taped> taped = follow(steps, variables(tape, at));
    const Taped f = weighted_sum(taped, weights);
    tape.backward(f, seed);
    std::vector<double> gradient = grads(tape, taped);
    observe("gradient by all numbers, " + text, gradient, {.terms = 500, .scale = 3});
    observe("gradient by the result, " + text, tape.grad(f));

    const std::vector<Scalar> scalars = follow(steps, std::vector<Scalar>(at.begin(), at.end()));
    weighted_sum(scalars, weights).backward(seed);
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] -= scalars[i].grad();
    observe("difference from backward of 2.5, " + text, gradient, {.terms = 500, .scale = 3});
  }
}

CASE(tape, constants,
     "a constant leaves no entry, and has gradient 0 even after it was sent something") {
  Tape tape;
  const Taped x = tape.variable(input("x", draw(0.5, 2))), c = input("c", draw(0.5, 2));
  calling("backward of c * x + c / x - c, and of a constant");
  const Taped numbers_only = exp(c * 2.0) - c;
  const Taped y = c * x + c / x - c;
  observe("entries", tape.entries().size());
  observe("places of the constants", std::vector<std::int64_t>{c.entry(), numbers_only.entry()});
  tape.backward(y);
  observe("gradient by x", tape.grad(x), {.terms = 8, .scale = 8});
  observe("gradient by c, by 7, by exp(2 c) - c", grads(tape, {c, 7.0, numbers_only}));
  tape.backward(c);
  observe("gradient of the constant by x, y, c", grads(tape, {x, y, c}));
}

CASE(tape, again,
     "every pass starts afresh: what an earlier one left is forgotten, whichever number it started "
     "from") {
  Tape tape;
  const std::vector<Taped> x = variables(tape, input("x, y, z", draw_list(3, -1, 1)));
  const std::vector<Taped> all = follow(draw_steps(40, 3), x);
  const std::vector<double> weights = draw_list(43, -1, 1);
  const Taped f = weighted_sum(all, weights), g = f * x[0] + x[1];
  const Tolerance tolerance{.terms = 500, .scale = 3};
  calling(
      "backward of f, of f again, of an inner number of f, of g = f x + y, of f with another seed");
  tape.backward(f);
  observe("of f", grads(tape, x), tolerance);
  observe("by f itself", tape.grad(f));
  tape.backward(f);
  observe("of f again", grads(tape, x), tolerance);
  tape.backward(all[20]);
  observe("of an inner number", grads(tape, x), tolerance);
  observe("of an inner number, by all", grads(tape, all), tolerance);
  observe("of an inner number, by f", tape.grad(f));
  tape.backward(g);
  observe("of g", grads(tape, x), tolerance);
  tape.backward(f, -0.5);
  observe("of f, seed -1/2", grads(tape, x), tolerance);
  tape.backward(f, 0.0);
  observe("of f, seed 0", grads(tape, x), tolerance);
}

CASE(tape, recorded_later,
     "what is recorded after a pass has gradient 0 until the next, and does not disturb it") {
  Tape tape;
  const Taped x = tape.variable(input("x", draw(0.5, 2)));
  const Taped y = x * x;
  calling("y = x * x, backward of y, then z = exp(y) * x, then backward of y again and of z");
  observe("gradients before any pass", grads(tape, {x, y}));
  tape.backward(y);
  const Taped z = exp(y) * x;
  observe("by x, y, z after the pass of y", grads(tape, {x, y, z}), {.terms = 4});
  tape.backward(y);
  observe("by x, y, z after another", grads(tape, {x, y, z}), {.terms = 4});
  tape.backward(z);
  observe("by x, y, z after the pass of z", grads(tape, {x, y, z}), {.terms = 20});
  observe("by z alone", tape.grad(z));
}

CASE(tape, not_on_the_way,
     "what the result does not depend on passes nothing on: 0 times infinity would be NaN") {
  Tape tape;
  const Taped zero = tape.variable(0.0), x = tape.variable(input("x", draw(0.5, 2)));
  const Taped infinite = log(zero), nan = infinite * zero, y = zero * x + x;
  calling("log(0), log(0) * 0, then backward of y = 0 * x + x on the same tape");
  tape.backward(y);
  observe("by zero, x, log(0), log(0) * 0", grads(tape, {zero, x, infinite, nan}));
  observe("by y", tape.grad(y));
  tape.backward(infinite);
  observe("of log(0) by zero, x", grads(tape, {zero, x}));
  tape.backward(y, std::nan(""));
  observe("seed NaN, by zero, x", grads(tape, {zero, x}));
}

CASE(tape, cleared,
     "a cleared tape is as a new one: places start again, nothing of the old gradients shows") {
  Tape tape;
  for (std::int64_t n : {31, 101, 7, 1}) {
    const std::string text = std::to_string(n) + " steps";
    calling("tape.clear(), then a graph of " + text);
    tape.clear();
    observe("entries after clear, before " + text, tape.entries().size());
    const std::vector<Taped> x = variables(tape, input("leaves", draw_list(3, -1, 1)));
    const std::vector<Taped> all = follow(draw_steps(n, 3), x);
    const Taped f = weighted_sum(all, draw_list(n + 3, -1, 1));
    observe("places of the leaves, " + text,
            std::vector<std::int64_t>{x[0].entry(), x[1].entry(), x[2].entry()});
    observe("gradients before the pass, " + text, grads(tape, x));
    tape.backward(f);
    observe("gradients after it, " + text, grads(tape, x), {.terms = 500, .scale = 3});
    observe("of a constant, " + text, tape.grad(1.0));
  }
}

CASE(tape, reuse,
     "a tape that was cleared has its memory still: recording and passing back as much as before "
     "allocates nothing") {
  for (std::int64_t n : {10, 100, 1000, 5000}) {
    const std::string text = std::to_string(n) + " steps";
    const std::vector<double> at = input("leaves", draw_list(2, 0.5, 1));
    const std::int64_t rounds = input("rounds", draw_integer(3, 9));
    Tape tape;
    std::int64_t recording = 0, passing = 0, freshly = 0;
    std::size_t capacity = 0, smallest = 0;
    double slope = 0;
    calling("tape.clear(), " + text + ", backward: " + std::to_string(rounds) +
            " rounds on one tape");
    for (std::int64_t round = 0; round <= rounds; ++round) {
      const std::int64_t start = allocations;
      tape.clear();
      const Taped x = tape.variable(at[0]), y = tape.variable(at[1]);
      Taped sum = x;
      for (std::int64_t i = 0; i < n; ++i) sum = tanh(sum) + x * y;
      const std::int64_t recorded = allocations;
      tape.backward(sum);
      slope += tape.grad(x);
      if (round == 0) {
        freshly = allocations - start;
        capacity = smallest = tape.capacity();
      } else {
        recording += recorded - start;
        passing += allocations - recorded;
        smallest = tape.capacity() < smallest ? tape.capacity() : smallest;
      }
    }
    observe("the first round allocated something, " + text, freshly > 0);
    observe("allocations while recording again, " + text, recording);
    observe("allocations while passing back again, " + text, passing);
    observe("room kept for all entries, " + text,
            smallest >= tape.entries().size() && smallest == capacity);
    observe("sum of the slopes, " + text, std::vector<double>{slope}, {.terms = 1000});
  }
}

CASE(tape, foreign,
     "a number of another tape, or from before the last clear, is a RangeError and not a wrong "
     "gradient") {
  Tape tape, other;
  const Taped x = tape.variable(input("x", draw(0.5, 2))),
              y = other.variable(input("y", draw(0.5, 2)));
  const Taped long_gone = exp(x * x);
  calling("backward of another tape's number, of x * y on two tapes, of what was cleared");
  observe_error("backward of another tape's number", [&] { tape.backward(y); });
  observe_error("x * y on two tapes", [&] { x* y; });
  tape.clear();
  observe_error("backward of what was cleared", [&] { tape.backward(long_gone); });
  const Taped again = tape.variable(input("x again", draw(0.5, 2)));
  const Taped square = again * again;
  tape.backward(square);
  observe("gradient after all this", grads(tape, {again, square}));
}

CASE(tape, long_chain, "a chain of a million numbers needs no more stack than a short one",
     {.stack_kib = 256}) {
  const std::int64_t length = input("length", 1'000'000 + draw_integer(0, 9));
  Tape tape;
  const Taped x = tape.variable(input("x", draw(0.5, 1)));
  Taped y = x;
  for (std::int64_t i = 0; i < length; ++i) y = x - y;
  calling("backward of x - (x - (x - … x)), a million times, on a stack of 256 KiB");
  tape.backward(y);
  observe("entries", tape.entries().size());
  observe("slope", tape.grad(x));
}

// ---- proofs
// -----------------------------------------------------------------------------------------

[[maybe_unused]] void prove_all(const std::string& label, const std::vector<double>& got,
                                const std::vector<double>& expected, double within) {
  prove(got.size() == expected.size(), label + ": wrong number of values");
  for (std::size_t i = 0; i < got.size() && i < expected.size(); ++i) {
    prove_close(label + ", value " + std::to_string(i), got[i], expected[i],
                within * (1 + std::fabs(expected[i])));
  }
}

PROOF(tape, lecture) {
  Tape tape;
  const Taped x = tape.variable(2), y = tape.variable(3);
  const Taped f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  tape.backward(f);
  prove_close("f(2, 3)", f.value(), 50.3264246157732, 1e-12);
  prove_all("gradient at (2, 3)", grads(tape, {x, y}), {25.068429538550134, 44.3264246157732},
            1e-14);
}

PROOF(tape, function_table) {
  for (int round = 0; round < 5; ++round) {
    const std::vector<double> at = draw_list(2, 0.5, 2);
    for (const auto& [text, of] : function_table<Taped>()) {
      Tape tape;
      const std::vector<Taped> xy = variables(tape, at);
      tape.backward(of(xy[0], xy[1]));
      const auto value = [g = of](const std::vector<double>& x) { return g(x[0], x[1]).value(); };
      prove_all(text, grads(tape, xy), numeric_gradient(value, at), 1e-8);
    }
  }
}

PROOF(tape, equals_backward) {
  for (std::size_t n : {1, 10, 100, 1000}) {
    const std::vector<Step> steps = draw_steps(n, 4);
    const std::vector<double> at = draw_list(4, -1, 1), weights = draw_list(n + 4, -1, 1);
    Tape tape;
    const std::vector<Taped> taped = follow(steps, variables(tape, at));
    tape.backward(weighted_sum(taped, weights));
    const std::vector<Scalar> scalars = follow(steps, std::vector<Scalar>(at.begin(), at.end()));
    weighted_sum(scalars, weights).backward();
    std::vector<double> reverse;
    for (const Scalar& scalar : scalars) reverse.push_back(scalar.grad());
    prove_all("a random graph of " + std::to_string(n), grads(tape, taped), reverse, 1e-12);
  }
}

}  // namespace
}  // namespace gradbook
