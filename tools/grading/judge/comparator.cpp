#include "grading/judge/comparator.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace gradbook {
namespace {

constexpr std::size_t kShown = 8;  // elements of a list that are written out around a difference

std::vector<const Observation*> with_role(std::span<const Observation> stream, Role role) {
  std::vector<const Observation*> result;
  for (const Observation& o : stream) {
    if (o.role == role) result.push_back(&o);
  }
  return result;
}

const char* type_name(Type type) {
  return type == Type::real ? "real numbers" : type == Type::integer ? "integers" : "a text";
}

// "[3]" or "[1, 2]": the place of element `flat` in an array of that shape
std::string index_text(std::size_t flat, std::span<const std::uint64_t> shape) {
  std::vector<std::uint64_t> index(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    index[axis] = flat % shape[axis];
    flat /= shape[axis];
  }
  return fmt::format("[{}]", fmt::join(index, ", "));
}

// Element `at`; of a list, its neighbours too
template <class T>
std::string show(const std::vector<T>& values, std::span<const std::uint64_t> shape,
                 std::size_t at) {
  if (shape.empty()) return fmt::format("{}", values.at(0));
  const std::size_t begin = at < kShown ? 0 : at - kShown / 2;
  const std::size_t end = std::min(values.size(), begin + kShown);
  return fmt::format("{} at {} of [{}{}{}]", values.at(at), index_text(at, shape),
                     begin > 0 ? "…, " : "",
                     fmt::join(std::span(values).subspan(begin, end - begin), ", "),
                     end < values.size() ? ", …" : "");
}

// How far `got` may be from `expected`
double allowed(double expected, const Tolerance& tolerance) {
  constexpr double eps = std::numeric_limits<double>::epsilon();
  return 8 * eps * tolerance.terms * std::max(std::abs(expected), tolerance.scale);
}

bool close(double got, double expected, const Tolerance& tolerance) {
  if (std::isnan(expected)) return std::isnan(got);
  if (std::isinf(expected) || std::isinf(got)) return got == expected;
  return std::abs(got - expected) <= allowed(expected, tolerance);  // false when got is NaN
}

std::string number_says(double got, double expected) {
  if (std::isnan(got) && !std::isnan(expected)) return "is NaN";
  if (std::isinf(got) && !std::isinf(expected)) return "is infinite";
  if (got == -expected && got != 0) return "has the wrong sign";
  return "is not what it should be";
}

std::optional<Difference> compare_reals(const Observation& got, const Observation& expected) {
  std::optional<Difference> difference;
  double largest = -1;
  std::size_t wrong = 0, where = 0;
  for (std::size_t i = 0; i < expected.reals.size(); ++i) {
    const double g = got.reals[i], e = expected.reals[i];
    if (close(g, e, expected.tolerance)) continue;
    ++wrong;
    if (!difference) {
      difference =
          Difference{expected.label, number_says(g, e), show(expected.reals, expected.shape, i),
                     show(got.reals, got.shape, i), ""};
    }
    if (const double error = std::abs(g - e); std::isfinite(error) && error > largest) {
      largest = error;
      where = i;
    }
  }
  if (difference && largest >= 0) {
    difference->largest = fmt::format("{:.3g}, where {:.2g} is allowed", largest,
                                      allowed(expected.reals[where], expected.tolerance));
  }
  if (difference && !expected.shape.empty()) {
    difference->largest += fmt::format("{}{} of {} elements are wrong", largest >= 0 ? "; " : "",
                                       wrong, expected.reals.size());
  }
  return difference;
}

std::optional<Difference> compare_integers(const Observation& got, const Observation& expected) {
  const auto [g, e] = std::ranges::mismatch(got.integers, expected.integers);
  if (e == expected.integers.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(e - expected.integers.begin());
  return Difference{expected.label, "is not what it should be",
                    show(expected.integers, expected.shape, at), show(got.integers, got.shape, at),
                    ""};
}

// The first line that differs, or the whole text where it is one line
std::string line_of(std::string_view text, std::size_t at) {
  if (text.find('\n') == std::string_view::npos) return fmt::format("\"{}\"", text.substr(0, 200));
  at = std::min(at, text.size());
  const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const auto number = std::ranges::count(text.substr(0, begin), '\n') + 1;
  if (begin >= text.size()) return fmt::format("no line {}", number);
  return fmt::format("\"{}\" in line {}",
                     text.substr(begin, text.find('\n', begin) - begin).substr(0, 200), number);
}

std::optional<Difference> compare_texts(const Observation& got, const Observation& expected) {
  if (got.text == expected.text) return std::nullopt;
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(got.text, expected.text).in1 -
                                           got.text.begin());
  return Difference{expected.label, "is not what it should be", line_of(expected.text, at),
                    line_of(got.text, at), ""};
}

std::string list_text(const Observation& o) {
  const auto numbers = [&](const auto& values) {
    if (values.empty()) return std::string("nothing");
    const std::span shown(values.data(), std::min(values.size(), kShown));
    return fmt::format("[{}{}]", fmt::join(shown, ", "), values.size() > kShown ? ", …" : "");
  };
  return o.type == Type::real ? numbers(o.reals) : numbers(o.integers);
}

std::optional<Difference> compare_values(const Observation& got, const Observation& expected) {
  if (got.shape != expected.shape) {
    const auto text = [](const Observation& o) {
      return fmt::format("shape {}: {}", shape_text(o.shape), list_text(o));
    };
    return Difference{expected.label, "has another shape", text(expected), text(got), ""};
  }
  switch (expected.type) {
    case Type::real:
      return compare_reals(got, expected);
    case Type::integer:
      return compare_integers(got, expected);
    case Type::text:
      return compare_texts(got, expected);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Difference> compare(const Observations& student, const Observations& reference,
                                  Depth depth) {
  const auto got = with_role(student, Role::observation);
  const auto expected = with_role(reference, Role::observation);
  if (expected.empty())
    return Difference{"", "the reference observes nothing here: the case is broken", "", "", ""};

  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Observation& want = *expected[i];
    if (i >= got.size()) return Difference{want.label, "was never observed", "", "", ""};
    if (got[i]->label != want.label) {
      return Difference{want.label, fmt::format("was due, but \"{}\" came", got[i]->label), "", "",
                        ""};
    }
    if (got[i]->type != want.type) {
      return Difference{want.label, "is of another type", type_name(want.type),
                        type_name(got[i]->type), ""};
    }
    if (depth == Depth::values) {
      if (auto difference = compare_values(*got[i], want)) return difference;
    }
  }
  if (got.size() > expected.size()) {
    return Difference{got[expected.size()]->label, "was observed, but the case is over by then", "",
                      "", ""};
  }

  // Equal inputs were drawn on both sides, unless the exercise wrote where it should only read
  const auto inputs = with_role(student, Role::input), drawn = with_role(reference, Role::input);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    if (i >= inputs.size() || inputs[i]->label != drawn[i]->label ||
        encode(*inputs[i]) != encode(*drawn[i])) {
      return Difference{drawn[i]->label, "went in with another value than in the reference's run",
                        "", "", ""};
    }
  }
  return std::nullopt;
}

namespace {

// The part of the stream up to the observation with this label
std::span<const Observation> before(const Observations& stream, const std::string& label) {
  std::size_t end = 0;
  while (end < stream.size() &&
         !(stream[end].role == Role::observation && stream[end].label == label)) {
    ++end;
  }
  return std::span(stream).first(end);
}

}  // namespace

std::string inputs_text(const Observations& stream, const std::string& label) {
  // A case that goes through several sizes draws the same input again: the last one is what matters
  std::vector<const Observation*> latest;
  for (const Observation* o : with_role(before(stream, label), Role::input)) {
    std::erase_if(latest, [&](const Observation* earlier) { return earlier->label == o->label; });
    latest.push_back(o);
  }
  std::string text;
  for (const Observation* o : latest) {
    const std::string value = o->type == Type::text   ? o->text
                              : !o->shape.empty()     ? list_text(*o)
                              : o->type == Type::real ? fmt::format("{}", o->reals.at(0))
                                                      : fmt::format("{}", o->integers.at(0));
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", o->label, value);
  }
  return text;
}

std::string call_text(const Observations& stream, const std::string& label) {
  const auto calls = with_role(before(stream, label), Role::call);
  return calls.empty() ? "" : calls.back()->text;
}

}  // namespace gradbook
