#include "author/prover.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "author/mutant_trial.hpp"
#include "author/mutants.hpp"
#include "book/regions.hpp"
#include "book/stub_text.hpp"
#include "grading/build/compiler_messages.hpp"
#include "student/check.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kFewestMutants = 8;
constexpr double kPublicShare = 0.7;  // of the mutants, that public tests alone must fail
constexpr double kCaseSeconds = 2;    // of processor time, with the reference

using Signature = std::set<std::pair<std::string, std::string>>;  // (case, observation) that failed

// Proves one exercise, and collects what is wrong with it
class Prover {
 public:
  Prover(const Workshop& workshop, const Exercise& e)
      : workshop_(workshop),
        book_(workshop.book()),
        e_(e),
        folder_(workshop.folder_of(e) / "verify") {
    proof_.id = e.id;
    options_.workbook = book_.root();
  }

  Proof run() {
    try {
      if (is_to_do()) {
        proof_.to_do = true;
        return proof_;
      }
      if (!files_are_there()) return proof_;
      stub_is_not_started();
      if (!solution_passes()) return proof_;
      reference_is_proven();
      prerequisites_are_declared();
      mutants_die();
    } catch (const std::exception& error) {
      fault(error.what());
    }
    return proof_;
  }

 private:
  template <class... Arguments>
  void fault(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    proof_.faults.push_back(fmt::format(format, std::forward<Arguments>(arguments)...));
  }
  void fault(const char* text) { proof_.faults.emplace_back(text); }

  // An exercise that `author new` has just made says so in its mutants file
  bool is_to_do() const {
    const fs::path path = book_.mutants(e_);
    return fs::exists(path) && read_file(path).starts_with("# TO DO");
  }

  bool files_are_there() {
    for (const fs::path& path : {book_.solution(e_), book_.stub(e_), book_.public_tests(e_),
                                 book_.hidden_cases(e_), book_.mutants(e_)}) {
      if (!fs::exists(path)) fault("{} is missing", path.lexically_relative(book_.root()).string());
    }
    const bool all = proof_.faults.empty();
    const fs::path chapter = book_.root() / "modules" / e_.module / "chapter.md";
    const std::string heading = fmt::format("### {} {}", e_.id, e_.name);
    if (!fs::exists(chapter) ||
        ("\n" + read_file(chapter)).find("\n" + heading) == std::string::npos) {
      fault("modules/{}/chapter.md has no heading \"{}\"", e_.module, heading);
    }
    for (const auto& [what, text] :
         std::map<std::string, std::string>{{"learnt", e_.learnt}, {"title", e_.title}}) {
      if (text.empty()) fault("module.toml: {} is empty", what);
    }
    for (std::size_t i = 0; i < e_.hints.size(); ++i) {
      if (e_.hints[i].empty()) fault("module.toml: hint {} is empty", i + 1);
      if (std::ranges::count(e_.hints, e_.hints[i]) > 1)
        fault("module.toml: hint {} says the same as another", i + 1);
    }
    if (e_.points <= 0 || e_.minutes <= 0)
      fault("module.toml: points and minutes must be positive");
    return all;
  }

  Verdict judged(const fs::path& source, const std::string& name, bool& clean) {
    const fs::path folder = folder_ / name;
    const Compiled compiled = workshop_.compile(e_, source, folder);
    clean = compiled.ok && compiled.messages.empty();
    if (!compiled.ok)
      return {.exercise = &e_,
              .state = State::does_not_compile,
              .messages = first_errors(compiled.messages, source.string())};
    return check_object(workshop_, e_, compiled, folder, options_, false);
  }

  void stub_is_not_started() {
    const std::string stub = read_file(book_.stub(e_));
    if (stub !=
        stub_from_solution(read_file(book_.solution(e_)), e_.id, book_.solution(e_).string())) {
      fault("the stub is not what the solution gives: run ./gradbook author stubs");
    }
    if (stub == read_file(book_.solution(e_))) fault("the stub is the solution");
    bool clean = false;
    const Verdict verdict = judged(book_.stub(e_), "stub", clean);
    if (!clean) fault("the stub does not compile without a warning");
    if (e_.regions) {
      for (const CaseResult& c : verdict.cases) {
        if (c.share > 0) fault("case {} passes with the stub, where it is to earn nothing", c.name);
      }
      if (!holds_stub(book_, e_, stub)) fault("the stub does not count as one");
      return;
    }
    if (stub.find("not_started(") == std::string::npos) {
      if (verdict.state == State::done) fault("the stub passes");
      return;
    }
    for (const TestResult& t : verdict.tests) {
      if (t.state != TestResult::State::not_started)
        fault("public test {} does not see that the stub is not started", t.name);
    }
    for (const CaseResult& c : verdict.cases) {
      if (c.state != "not started")
        fault("case {} does not see that the stub is not started: {}", c.name, c.state);
    }
    if (verdict.state != State::not_started)
      fault("the stub is \"{}\" where it must be \"not started\"", name(verdict.state));
  }

  bool solution_passes() {
    bool clean = false;
    solution_ = judged(book_.solution(e_), "solution", clean);
    proof_.tests = static_cast<int>(solution_.tests.size());
    proof_.cases = static_cast<int>(solution_.cases.size());
    if (!clean) fault("the solution does not compile without a warning");
    if (solution_.state != State::done) {
      fault("the solution does not pass:\n{}", to_text(solution_));
      return false;
    }
    for (const CaseResult& c : solution_.cases) {
      if (c.cpu_seconds > kCaseSeconds)
        fault("case {} takes {:.1f} s with the reference, {} s are allowed", c.name, c.cpu_seconds,
              kCaseSeconds);
      if (!c.name.starts_with(e_.name + "."))
        fault("case {} belongs to no exercise of this name: its suite must be {}", c.name, e_.name);
    }
    for (const std::string& level : e_.levels) {
      const Compiled compiled =
          workshop_.compile(e_, book_.solution(e_), folder_ / "solution", level);
      const Linked worker =
          workshop_.link(Program::worker, e_, compiled.object, folder_ / "solution");
      for (const CaseResult& c :
           run_judge(workshop_, e_, worker.program, folder_ / "solution", options_.judging())) {
        if (!c.passed()) fault("the solution fails case {} at {}", c.name, level);
      }
    }
    return true;
  }

  // Central differences, closed forms, the literals of the lectures: on the reference, in double
  void reference_is_proven() {
    const Completion completion =
        gradbook::run({.arguments = {workshop_.link_judge(e_).program.string(), "--prove"}});
    if (completion.exit_status != 0) fault("the reference fails a proof:\n{}", completion.output);
    proof_.proofs = std::atoi(completion.output.c_str());
  }

  void prerequisites_are_declared() {
    const auto foundations = book_.foundations(e_);
    const auto anyway = book_.linked_anyway(e_);
    std::set<std::string> pulled;
    for (const Program program : {Program::public_tests, Program::worker}) {
      for (const std::string& id :
           workshop_.references_pulled(program, e_, workshop_.reference_object(e_), folder_))
        pulled.insert(id);
    }
    for (const std::string& id : pulled) {
      if (std::ranges::find(foundations, id) == foundations.end() && anyway.count(id) == 0)
        fault("{} is linked, but module.toml does not declare it as a prerequisite", id);
    }
    for (const std::string& id : e_.prerequisites) {
      if (!pulled.count(id))
        fault("module.toml declares {} as a prerequisite, but nothing links it", id);
    }
  }

  void mutants_die() {
    const std::string solution = read_file(book_.solution(e_));
    const auto mutants = read_mutants(book_.mutants(e_));
    proof_.mutants = static_cast<int>(mutants.size());
    if (mutants.size() < kFewestMutants)
      fault("{} mutants, where at least {} are due", mutants.size(), kFewestMutants);

    // A mutant that hangs is caught as well, and sooner: it gets a second, or four times what the
    // reference takes for any case
    double slowest = 0;
    for (const CaseResult& c : solution_.cases) slowest = std::max(slowest, c.cpu_seconds);
    options_.test_limit = std::chrono::seconds(2);
    options_.case_limits.cpu_seconds = std::max(1, static_cast<int>(std::ceil(4 * slowest)));
    options_.case_limits.wall_seconds = options_.case_limits.cpu_seconds + 3;

    std::map<std::string, Signature> signatures;
    for (const Mutant& mutant : mutants) {
      if (signatures.count(mutant.name)) fault("two mutants are called {}", mutant.name);
      const fs::path source = folder_ / "mutants" / (mutant.name + ".cpp");
      const std::string text = apply(mutant, solution);
      if (text == solution) fault("mutant {} is the solution", mutant.name);
      write_atomically(source, text);
      const MutantTrial trial =
          try_mutant(workshop_, e_, source, folder_ / "mutants" / mutant.name, options_);
      if (!trial.broken.empty()) {
        fault("mutant {} does not compile or link: {}", mutant.name, fmt::join(trial.broken, "\n"));
        continue;
      }
      Signature& signature = signatures[mutant.name];
      if (trial.refused) signature.insert({"refused", ""});
      for (const CaseResult& c : trial.cases) {
        if (!c.passed()) signature.insert({c.name, c.label});
      }
      proof_.killed += !signature.empty();
      proof_.killed_by_public += trial.fails_public;
      if (signature.empty()) fault("mutant {} lives: no hidden case fails it", mutant.name);
    }

    if (proof_.killed_by_public < kPublicShare * proof_.mutants) {
      fault("public tests fail {} of {} mutants, where 7 in 10 are due", proof_.killed_by_public,
            proof_.mutants);
    }
    write_atomically(folder_ / "signatures.json",
                     nlohmann::json(signatures).dump(1));  // for the author to look into
    no_two_die_alike(signatures);
    two_survive_single_sizes(signatures);
  }

  void no_two_die_alike(const std::map<std::string, Signature>& signatures) {
    std::map<std::pair<std::string, std::string>, std::string> only;
    for (const auto& [mutant, signature] : signatures) {
      if (signature.size() != 1 || signature.begin()->first == "refused") continue;
      const auto [known, is_new] = only.emplace(*signature.begin(), mutant);
      if (!is_new) {
        fault("mutants {} and {} die by case {} and its \"{}\" alone", known->second, mutant,
              signature.begin()->first, signature.begin()->second);
      }
    }
  }

  // Cases of one size must not be all that tells right from wrong; where no case has several sizes,
  // the rule is void
  void two_survive_single_sizes(const std::map<std::string, Signature>& signatures) {
    std::set<std::string> several;
    for (const CaseResult& c : solution_.cases) {
      if (std::set(c.shapes.begin(), c.shapes.end()).size() > 1) several.insert(c.name);
    }
    if (several.empty()) return;
    const auto survivors = std::ranges::count_if(signatures, [&](const auto& entry) {
      return std::ranges::all_of(
          entry.second, [&](const auto& failed) { return several.count(failed.first) > 0; });
    });
    if (survivors < 2) {
      fault(
          "{} mutants survive all cases of a single size, where at least two are due: make cruder "
          "ones subtler (who dies where stands in {})",
          survivors, (folder_ / "signatures.json").lexically_relative(book_.root()).string());
    }
  }

  const Workshop& workshop_;
  const Book& book_;
  const Exercise& e_;
  const fs::path folder_;
  CheckOptions options_;
  Verdict solution_;
  Proof proof_;
};

}  // namespace

Proof prove(const Workshop& workshop, const Exercise& exercise) {
  return Prover(workshop, exercise).run();
}

}  // namespace gradbook
