// The judge of one exercise: a GoogleTest program with a test for every hidden case. It runs the
// worker, compares with the reference's run under the same seed, and alone writes the results.
//
//   judge --plain-supervisor S --worker W --reference R --seed N --results FILE [--case NAME]
//         [--supervisor=WORD…]   the command that starts the student's supervisor in a sandbox
//         [--on-gpu]             the worker runs on a GPU, the reference on the emulator
//   judge --prove          runs the proofs on the reference that is linked into this program
//   judge --list           the names of the cases, one a line
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "00_course/not_started.hpp"
#include "grading/judge/comparator.hpp"
#include "grading/judge/on_gpu.hpp"
#include "grading/judge/run_worker.hpp"
#include "system/file.hpp"

namespace gradbook {

void not_started(const char* exercise) { throw NotStarted(exercise); }

namespace {

struct Arguments {
  std::string plain_supervisor, worker, reference, results, only;
  std::vector<std::string> supervisor;  // of the student's worker, confined; empty: the plain one
  int side_by_side = 2;
  bool on_gpu = false;
  std::uint64_t seed = 1;
  WorkerLimits limits;
};

// The outcome of one case, as it goes into the results
struct Outcome {
  std::string state;  // as in CaseResult
  double share = 0;
  Difference difference;
  std::string detail;
};

const Observation* with_role(const Observations& stream, Role role) {
  for (const Observation& o : stream) {
    if (o.role == role) return &o;
  }
  return nullptr;
}

bool ended(const CaseRun& run) {
  return run.how == "exit" && run.code == 0 && with_role(run.stream, Role::end);
}

const JudgeEntry* judge_of(const std::string& name) {
  for (const JudgeEntry& entry : all_judges()) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

Verdict ask(const JudgeEntry& entry, const Observations& student, const Observations& reference) {
  try {
    return entry.judge(student, reference);
  } catch (const std::exception& error) {  // a stream without what the judge looks for
    return fail(error.what());
  }
}

// A judge that agrees with a stream of NaNs, zeros and empty texts agrees with everything
bool agrees_always(const JudgeEntry& entry, const Observations& reference) {
  Observations nonsense = reference;
  for (Observation& o : nonsense) {
    if (o.role != Role::observation) continue;
    std::ranges::fill(o.reals, std::numeric_limits<double>::quiet_NaN());
    std::ranges::fill(o.integers, 0);
    o.text.clear();
  }
  return ask(entry, nonsense, reference).share >= 1;
}

Outcome outcome_of(const std::string& name, const CaseRun& student, const CaseRun& reference);

// The same where the student's run was on a GPU
Outcome outcome_on_gpu(const std::string& name, const CaseRun& student, const CaseRun& reference) {
  if (only_emulated(student, reference, judge_of(name) != nullptr))
    return {"only emulated", 0, {}, ""};
  return outcome_of(name, student, expected_on_gpu(student, reference));
}

Outcome outcome_of(const std::string& name, const CaseRun& student, const CaseRun& reference) {
  if (!ended(reference) || !with_role(reference.stream, Role::observation)) {
    const Observation* thrown = with_role(reference.stream, Role::thrown);
    return {"reference",
            0,
            {},
            !ended(reference)
                ? fmt::format("the reference did not get through this case: {} {}{}", reference.how,
                              reference.code,
                              thrown ? ", threw " + thrown->label + ": " + thrown->text : "")
                : "the reference observes nothing here: a case that sees nothing proves nothing"};
  }
  const JudgeEntry* judge = judge_of(name);
  if (judge != nullptr && agrees_always(*judge, reference.stream)) {
    return {"reference",
            0,
            {},
            "the JUDGE of this case agrees with NaNs and empty texts: it always agrees"};
  }

  if (const Observation* stub = with_role(student.stream, Role::not_started))
    return {"not started", 0, {}, stub->label};
  if (student.how == "lost") return {"lost", 0, {}, "the supervisor did not get to this case"};
  if (student.how == "time") return {"timed out", 0, {}, ""};
  if (student.how == "memory") return {"out of memory", 0, {}, ""};
  if (student.how == "flood") return {"flood", 0, {}, ""};
  if (const Observation* thrown = with_role(student.stream, Role::thrown)) {
    if (thrown->label == "std::bad_alloc") return {"out of memory", 0, {}, thrown->label};
    return {"wrong",
            0,
            {"", "an exception left the function", "", thrown->label + ": " + thrown->text, ""},
            ""};
  }
  if (student.how == "signal")
    return {"crashed", 0, {}, sigabbrev_np(student.code) ? sigabbrev_np(student.code) : ""};
  if (student.malformed || !ended(student)) {
    return {"crashed",
            0,
            {},
            fmt::format("the process left with exit status {} in the middle of the case",
                        student.code)};
  }

  const auto difference =
      compare(student.stream, reference.stream, judge ? Depth::form : Depth::values);
  if (difference) return {"wrong", 0, *difference, ""};
  if (judge == nullptr) return {"passed", 1, {}, ""};
  const Verdict verdict = ask(*judge, student.stream, reference.stream);
  return {
      verdict.share >= 1 ? "passed" : "wrong", verdict.share, {"", "", "", "", ""}, verdict.says};
}

// For every observation of the case: its label and shape, so that verify can see whether only one
// size is tried
nlohmann::json shapes(const Observations& stream) {
  nlohmann::json result = nlohmann::json::array();
  for (const Observation& o : stream) {
    if (o.role == Role::observation && o.type != Type::text && !o.shape.empty())
      result.push_back(shape_text(o.shape));
  }
  return result;
}

std::string digest_of(const Observations& stream) {
  std::string bytes;
  for (const Observation& o : stream) bytes += encode(o);
  return digest(bytes);
}

std::string utf8(const std::string& text) {
  return nlohmann::json::parse(
             nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))
      .get<std::string>();
}

class CaseTest : public testing::Test {
 public:
  CaseTest(const CaseEntry& entry, const CaseRun& student, const CaseRun& reference, bool on_gpu,
           nlohmann::json& results)
      : entry_(entry),
        student_(student),
        reference_(reference),
        on_gpu_(on_gpu),
        results_(results) {}

 private:
  void TestBody() override {
    const Outcome outcome =
        (on_gpu_ ? outcome_on_gpu : outcome_of)(entry_.name, student_, reference_);
    const Difference& d = outcome.difference;
    results_.push_back({{"name", entry_.name},
                        {"state", outcome.state},
                        {"share", outcome.share},
                        {"weight", entry_.limits.weight},
                        {"says", entry_.says},
                        {"detail", utf8(outcome.detail)},
                        {"call", utf8(call_text(student_.stream, d.label))},
                        {"inputs", inputs_text(reference_.stream, d.label)},
                        {"label", utf8(d.label)},
                        {"difference", utf8(d.says)},
                        {"expected", d.expected},
                        {"got", utf8(d.got)},
                        {"largest", d.largest},
                        {"printed", utf8(student_.printed)},
                        {"shapes", shapes(reference_.stream)},
                        {"observed", digest_of(student_.stream)},
                        {"cpu_seconds", reference_.cpu_ms / 1000.0}});
    EXPECT_EQ(outcome.state, "passed") << entry_.says;
  }

  const CaseEntry& entry_;
  const CaseRun& student_;
  const CaseRun& reference_;
  bool on_gpu_;
  nlohmann::json& results_;
};

int prove() {
  for (const ProofEntry& proof : all_proofs()) {
    const std::size_t before = proof_failures().size();
    try {
      proof.run();
    } catch (...) {
      proof_failures().push_back("threw " + detail::current_exception_type() + ": " +
                                 detail::current_exception_message());
    }
    for (std::size_t i = before; i < proof_failures().size(); ++i) {
      fmt::print("{}: {}\n", proof.name, proof_failures()[i]);
    }
  }
  if (proof_failures().empty()) fmt::print("{} proofs\n", all_proofs().size());
  return proof_failures().empty() ? 0 : 1;
}

int judge(const Arguments& arguments) {
  std::vector<CaseEntry> cases;
  for (const CaseEntry& entry : all_cases()) {
    if (arguments.only.empty() || entry.name == arguments.only) cases.push_back(entry);
  }
  const auto reference = kept_runs({arguments.plain_supervisor}, arguments.reference,
                                   arguments.seed, arguments.limits, all_cases());
  const auto supervisor = arguments.supervisor.empty()
                              ? std::vector<std::string>{arguments.plain_supervisor}
                              : arguments.supervisor;
  const auto student = read_runs(run_worker(supervisor, arguments.worker, arguments.seed,
                                            arguments.limits, cases, arguments.side_by_side));

  nlohmann::json results = nlohmann::json::array();
  const CaseRun lost;
  for (const CaseEntry& entry : cases) {
    const auto run = [&](const auto& runs) -> const CaseRun& {
      return runs.count(entry.name) ? runs.at(entry.name) : lost;
    };
    const std::size_t dot = entry.name.find('.');
    testing::RegisterTest(entry.name.substr(0, dot).c_str(), entry.name.substr(dot + 1).c_str(),
                          nullptr, nullptr, __FILE__, __LINE__,
                          [&entry, &results, &s = run(student), &r = run(reference),
                           on_gpu = arguments.on_gpu]() -> testing::Test* {
                            return new CaseTest(entry, s, r, on_gpu, results);
                          });
  }
  const int status = RUN_ALL_TESTS();
  write_atomically(arguments.results, results.dump(1));
  return status;
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  using namespace gradbook;
  testing::InitGoogleTest(&argc, argv);
  Arguments arguments;
  bool prove_only = false, list_only = false;
  CLI::App app("judge");
  app.add_option("--plain-supervisor", arguments.plain_supervisor);
  app.add_option("--supervisor", arguments.supervisor)->allow_extra_args(false);
  app.add_option("--side-by-side", arguments.side_by_side);
  app.add_option("--worker", arguments.worker);
  app.add_option("--reference", arguments.reference);
  app.add_flag("--on-gpu", arguments.on_gpu);
  app.add_option("--results", arguments.results);
  app.add_option("--case", arguments.only);
  app.add_option("--seed", arguments.seed);
  app.add_option("--cpu", arguments.limits.cpu_seconds);
  app.add_option("--wall", arguments.limits.wall_seconds);
  app.add_option("--memory", arguments.limits.memory_mib);
  app.add_flag("--prove", prove_only);
  app.add_flag("--list", list_only);
  CLI11_PARSE(app, argc, argv);
  prctl(PR_SET_PDEATHSIG,
        SIGKILL);  // a verdict that nobody waits for is not worth running code for
  if (prove_only) return prove();
  if (list_only) {
    for (const CaseEntry& entry : all_cases()) fmt::print("{}\n", entry.name);
    return 0;
  }
  return judge(arguments);
}
