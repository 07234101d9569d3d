#include "support/case.hpp"

#include <cxxabi.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>

namespace gradbook {
namespace {

void (*sink)(const Observation&) = nullptr;
Random case_generator(0);

Observation text_observation(Role role, std::string_view label, std::string_view text) {
  Observation o;
  o.role = role;
  o.type = Type::text;
  o.label = label;
  o.text = text;
  return o;
}

}  // namespace

void set_sink(void (*new_sink)(const Observation&)) { sink = new_sink; }

void seed_case(std::uint64_t seed, std::string_view case_name) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a: cases of one run must not share their draws
  for (char c : case_name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  case_generator = Random(seed ^ hash);
}

Random& generator() { return case_generator; }
double draw(double low, double high) { return case_generator.uniform(low, high); }

std::int64_t draw_integer(std::int64_t low, std::int64_t high) {
  return low +
         static_cast<std::int64_t>(case_generator.below(static_cast<std::size_t>(high - low + 1)));
}

std::vector<double> draw_list(std::size_t n, double low, double high) {
  std::vector<double> list(n);
  for (double& value : list) value = draw(low, high);
  return list;
}

void calling(std::string_view call) { record(text_observation(Role::call, "", call)); }

void observe(std::string_view label, std::string_view text) {
  record(text_observation(Role::observation, label, text));
}

void record(Observation observation) {
  if (sink != nullptr) sink(observation);
}

const Observation& find(const Observations& stream, std::string_view label, Type type) {
  for (const Observation& o : stream) {
    if (o.role == Role::observation && o.label == label && o.type == type) return o;
  }
  throw std::out_of_range(fmt::format("nothing was observed as \"{}\"", label));
}

namespace {

template <class T>
const T& single(const std::vector<T>& values, std::string_view label) {
  if (values.size() != 1)
    throw std::out_of_range(fmt::format("\"{}\" is not a single number", label));
  return values.front();
}

}  // namespace

double real(const Observations& stream, std::string_view label) {
  return single(reals(stream, label), label);
}
std::int64_t integer(const Observations& stream, std::string_view label) {
  return single(integers(stream, label), label);
}
const std::vector<double>& reals(const Observations& stream, std::string_view label) {
  return find(stream, label, Type::real).reals;
}
const std::vector<std::int64_t>& integers(const Observations& stream, std::string_view label) {
  return find(stream, label, Type::integer).integers;
}
const std::string& text(const Observations& stream, std::string_view label) {
  return find(stream, label, Type::text).text;
}

std::vector<std::string>& proof_failures() {
  static std::vector<std::string> failures;
  return failures;
}

void prove(bool holds, std::string_view says) {
  if (!holds) proof_failures().emplace_back(says);
}

void prove_close(std::string_view label, double got, double expected, double within) {
  if (std::abs(got - expected) <= within) return;  // false for NaN, which is what we want
  proof_failures().push_back(
      fmt::format("{}: {} where {} is expected, {:.2g} apart, {:.2g} allowed", label, got, expected,
                  std::abs(got - expected), within));
}

std::vector<CaseEntry>& all_cases() {
  static std::vector<CaseEntry> cases;
  return cases;
}
std::vector<JudgeEntry>& all_judges() {
  static std::vector<JudgeEntry> judges;
  return judges;
}
std::vector<ProofEntry>& all_proofs() {
  static std::vector<ProofEntry> proofs;
  return proofs;
}

namespace detail {

bool add_case(std::string name, void (*run)(), std::string says, Limits limits) {
  all_cases().push_back({std::move(name), std::move(says), limits, run});
  return true;
}

bool add_judge(std::string name, Verdict (*judge)(const Observations&, const Observations&)) {
  all_judges().push_back({std::move(name), judge});
  return true;
}

bool add_proof(std::string name, void (*run)()) {
  all_proofs().push_back({std::move(name), run});
  return true;
}

// The type is judged; the message is for the reader of a failure, so it travels as part of the call
void observe_thrown(std::string_view label, std::string_view type, std::string_view message) {
  observe(label, type);
  if (!message.empty()) calling(fmt::format("it threw {}: {}", type, message));
}

std::string current_exception_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "unknown";
  int status = 0;
  std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), std::free);
  std::string text = status == 0 ? name.get() : type->name();
  if (text.starts_with("gradbook::")) text.erase(0, sizeof("gradbook::") - 1);
  return text;
}

std::string current_exception_message() {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "";
  }
}

}  // namespace detail
}  // namespace gradbook
