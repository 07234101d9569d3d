#include "instructor/mistakes.hpp"

#include <nlohmann/json.hpp>

#include "author/mutants.hpp"
#include "author/verify.hpp"

namespace gradbook {

FailureSignature signature_of(const std::vector<CaseResult>& cases) {
  FailureSignature signature;
  for (const CaseResult& c : cases) {
    if (!c.passed()) signature.insert({c.name, c.label});
  }
  return signature;
}

Mistakes::Mistakes(const Workshop& workshop, const Exercise& e) {
  const Exercise* one[] = {&e};
  const auto proofs = verify(workshop, one, false, [](const Proof&) {});
  if (!proofs.front().faults.empty()) return;  // verify says what is wrong with the exercise
  const auto json = nlohmann::json::parse(
      read_file(workshop.folder_of(e) / "verify" / "signatures.json"), nullptr, false);
  if (json.is_discarded()) return;
  const auto signatures = json.get<std::map<std::string, FailureSignature>>();
  for (const Mutant& mutant : read_mutants(workshop.book().mutants(e))) {
    const auto found = signatures.find(mutant.name);
    if (found == signatures.end()) continue;
    const auto [known, is_new] = says_.emplace(found->second, mutant.says);
    if (!is_new) known->second.clear();
  }
}

std::string Mistakes::of(const std::vector<CaseResult>& cases) const {
  const auto found = says_.find(signature_of(cases));
  return found == says_.end() ? "" : found->second;
}

}  // namespace gradbook
