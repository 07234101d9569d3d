/// @file
/// Hidden cases: what runs beside a student's code (CASE), what judges it elsewhere (JUDGE), and
/// what proves the reference (PROOF).
///
/// A file of cases is compiled twice. In the worker a CASE computes and observes, and nothing in
/// that program knows a right answer. In the judge (GRADBOOK_JUDGE defined) only the names,
/// sentences, JUDGE and PROOF bodies remain.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "00_course/random.hpp"
#include "support/observation.hpp"

namespace gradbook {

/// What a case may use, and what it counts.
struct Limits {
  double weight = 1;             ///< its share of the exercise's points, against the other cases
  std::size_t stack_kib = 8192;  ///< the stack of the worker's process, set from outside
};

// ---- in a CASE: draw what goes in, say what is called, observe what comes out
// ------------------------

/// The case's own generator, seeded from the seed of the run and the name of the case.
Random& generator();

/// A number drawn uniformly from [low, high).
double draw(double low, double high);

/// A whole number drawn uniformly from {low, …, high}.
std::int64_t draw_integer(std::int64_t low, std::int64_t high);

/// n numbers drawn uniformly from [low, high).
std::vector<double> draw_list(std::size_t n, double low, double high);

/// Says in words what the case is about to call, such as "y = x * x; y.backward()".
void calling(std::string_view call);

void record(Observation observation);

namespace detail {

template <class T>
concept Number = std::integral<T> || std::floating_point<T>;

template <Number T>
Observation observation(std::string_view label, std::span<const T> values,
                        std::vector<std::uint64_t> shape, Tolerance tolerance) {
  Observation o;
  o.label = label;
  o.shape = std::move(shape);
  o.tolerance = tolerance;
  if constexpr (std::integral<T>) {
    o.type = Type::integer;
    o.integers.assign(values.begin(), values.end());
  } else {
    o.type = Type::real;
    o.reals.assign(values.begin(), values.end());
  }
  return o;
}

}  // namespace detail

/// Records a number that goes in, and hands it back: `Scalar x{input("x", draw(-2, 2))};`
template <detail::Number T>
T input(std::string_view label, T value) {
  Observation o = detail::observation(label, std::span<const T>(&value, 1), {}, {});
  o.role = Role::input;
  record(std::move(o));
  return value;
}

/// Records a list that goes in, and hands it back.
template <detail::Number T>
std::vector<T> input(std::string_view label, std::vector<T> values) {
  Observation o = detail::observation(label, std::span<const T>(values), {values.size()}, {});
  o.role = Role::input;
  record(std::move(o));
  return values;
}

/// Observes one number. Integers and bools are compared exactly, reals within the tolerance.
template <detail::Number T>
void observe(std::string_view label, T value, Tolerance tolerance = {}) {
  record(detail::observation(label, std::span<const T>(&value, 1), {}, tolerance));
}

/// Observes a list of n numbers, shape (n).
template <detail::Number T>
void observe(std::string_view label, std::span<const T> values, Tolerance tolerance = {}) {
  record(detail::observation(label, values, {values.size()}, tolerance));
}
template <detail::Number T>
void observe(std::string_view label, const std::vector<T>& values, Tolerance tolerance = {}) {
  observe(label, std::span<const T>(values), tolerance);
}

/// Observes numbers in row-major order with a shape of their own.
template <detail::Number T>
void observe(std::string_view label, std::span<const T> values, std::vector<std::uint64_t> shape,
             Tolerance tolerance = {}) {
  record(detail::observation(label, values, std::move(shape), tolerance));
}

/// Observes a text, compared exactly.
void observe(std::string_view label, std::string_view text);

/// Observes which error a call throws: "ShapeError: add_lists: …" comes back as "ShapeError" with
/// its message in a second, unjudged line, or "nothing" where nothing was thrown.
template <class Call>
void observe_error(std::string_view label, Call&& call);

// ---- in a JUDGE: two streams in, a verdict out
// -------------------------------------------------------

/// What a judge says of a case: the share of its weight that was earned, and a sentence where not
/// all.
struct Verdict {
  double share = 1;
  std::string says;
};

inline Verdict pass() { return {}; }
inline Verdict fail(std::string says) { return {0, std::move(says)}; }
inline Verdict partly(double share, std::string says) { return {share, std::move(says)}; }

/// The observation with this label; throws where there is none of this type.
const Observation& find(const Observations& stream, std::string_view label, Type type);
double real(const Observations& stream, std::string_view label);
std::int64_t integer(const Observations& stream, std::string_view label);
const std::vector<double>& reals(const Observations& stream, std::string_view label);
const std::vector<std::int64_t>& integers(const Observations& stream, std::string_view label);
const std::string& text(const Observations& stream, std::string_view label);

// ---- in a PROOF: what must hold of the reference itself
// ----------------------------------------------

/// Notes a failure of the proof unless `holds`.
void prove(bool holds, std::string_view says);

/// Notes a failure unless |got - expected| is at most `within`.
void prove_close(std::string_view label, double got, double expected, double within);

// ---- how they are found
// ------------------------------------------------------------------------------

struct CaseEntry {
  std::string name;  // "suite.case"
  std::string says;  // what a failure means, in one sentence
  Limits limits;
  void (*run)() = nullptr;  // null in the judge
};

struct JudgeEntry {
  std::string name;
  Verdict (*judge)(const Observations& student, const Observations& reference);
};

struct ProofEntry {
  std::string name;
  void (*run)();
};

std::vector<CaseEntry>& all_cases();
std::vector<JudgeEntry>& all_judges();
std::vector<ProofEntry>& all_proofs();

/// Where recorded observations go, and the seed that the next case draws from; set by the worker.
void set_sink(void (*sink)(const Observation&));
void seed_case(std::uint64_t seed, std::string_view case_name);

/// What the proofs that ran so far found, one line each; empty when all hold.
std::vector<std::string>& proof_failures();

namespace detail {

bool add_case(std::string name, void (*run)(), std::string says, Limits limits = {});
bool add_judge(std::string name, Verdict (*judge)(const Observations&, const Observations&));
bool add_proof(std::string name, void (*run)());
void observe_thrown(std::string_view label, std::string_view type, std::string_view message);
std::string current_exception_type();
std::string current_exception_message();

}  // namespace detail

template <class Call>
void observe_error(std::string_view label, Call&& call) {
  try {
    call();
    detail::observe_thrown(label, "nothing", "");
  } catch (...) {
    detail::observe_thrown(label, detail::current_exception_type(),
                           detail::current_exception_message());
  }
}

}  // namespace gradbook

// A body that is dropped is a template that nobody instantiates: parsed, but not a byte of it is
// emitted
#ifdef GRADBOOK_JUDGE

#define CASE(suite, name, ...)                                              \
  namespace {                                                               \
  const bool case_added_##suite##_##name =                                  \
      ::gradbook::detail::add_case(#suite "." #name, nullptr, __VA_ARGS__); \
  }                                                                         \
  template <class>                                                          \
  [[maybe_unused]] static void case_##suite##_##name()

#define JUDGE(suite, name)                                                                      \
  static ::gradbook::Verdict judge_##suite##_##name(const ::gradbook::Observations& student,    \
                                                    const ::gradbook::Observations& reference); \
  namespace {                                                                                   \
  const bool judge_added_##suite##_##name =                                                     \
      ::gradbook::detail::add_judge(#suite "." #name, judge_##suite##_##name);                  \
  }                                                                                             \
  static ::gradbook::Verdict judge_##suite##_##name(                                            \
      [[maybe_unused]] const ::gradbook::Observations& student,                                 \
      [[maybe_unused]] const ::gradbook::Observations& reference)

#define PROOF(suite, name)                                                     \
  static void proof_##suite##_##name();                                        \
  namespace {                                                                  \
  const bool proof_added_##suite##_##name =                                    \
      ::gradbook::detail::add_proof(#suite "." #name, proof_##suite##_##name); \
  }                                                                            \
  static void proof_##suite##_##name()

#else

#define CASE(suite, name, ...)                                                            \
  static void case_##suite##_##name();                                                    \
  namespace {                                                                             \
  const bool case_added_##suite##_##name =                                                \
      ::gradbook::detail::add_case(#suite "." #name, case_##suite##_##name, __VA_ARGS__); \
  }                                                                                       \
  static void case_##suite##_##name()

#define JUDGE(suite, name)                                            \
  template <class>                                                    \
  [[maybe_unused]] static ::gradbook::Verdict judge_##suite##_##name( \
      [[maybe_unused]] const ::gradbook::Observations& student,       \
      [[maybe_unused]] const ::gradbook::Observations& reference)

#define PROOF(suite, name) \
  template <class>         \
  [[maybe_unused]] static void proof_##suite##_##name()

#endif
