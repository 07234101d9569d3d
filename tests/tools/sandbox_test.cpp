// Tries to break out of the sandbox at each of its levels, with real programs.
#include "grading/sandbox/sandbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "grading/judge/run_worker.hpp"
#include "grading/sandbox/cgroup.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

const std::string kWorker = GRADBOOK_HOSTILE_WORKER;

std::string proc_file(const std::string& name) { return read_file("/proc/self/" + name); }

// Processes whose command line holds `text`
std::vector<pid_t> processes_with(const std::string& text) {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "cmdline");
    std::stringstream words;
    words << file.rdbuf();  // nothing where it has ended
    const std::string line = words.str();
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    if (pid > 0 && pid != getpid() && line.find(text) != std::string::npos) found.push_back(pid);
  }
  return found;
}

bool soon(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (std::chrono::steady_clock::now() < end) {
    if (holds()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

class SandboxAt : public testing::TestWithParam<Level> {
 protected:
  void SetUp() override {
    try {
      sandbox_.emplace(Sandbox::open(GetParam(), GetParam()));
    } catch (const UserError& error) {
      GTEST_SKIP() << error.what();
    }
  }

  bool full() const { return GetParam() == Level::full; }
  bool apart() const { return GetParam() != Level::process; }

  // Runs cases of the hostile worker one after the other under the supervisor
  std::map<std::string, CaseRun> run_cases(const Sandbox::Room& room,
                                           const std::vector<std::string>& cases,
                                           const WorkerLimits& limits) {
    Command command{.arguments = room.supervisor(build_folder() / "supervisor")};
    for (const std::string& word :
         {kWorker, std::string("7"), std::to_string(limits.cpu_seconds),
          std::to_string(limits.wall_seconds), std::to_string(limits.memory_mib)})
      command.arguments.push_back(word);
    for (const std::string& name : cases) command.arguments.push_back(name + ":8192");
    command.output_cap = 1 << 24;
    const Completion c = run(command);
    EXPECT_EQ(c.exit_status, 0) << c.output;
    return read_runs(c.output);
  }

  CaseRun run_case(const std::string& name, const WorkerLimits& limits = {.memory_mib = 512}) {
    const auto room = sandbox_->room({.readable = {kWorker}});
    return run_cases(room, {name}, limits)[name];
  }

  // Runs a shell's words where a compiler would run, and what it printed
  Completion shell(const std::string& script, RoomOptions options = {}) {
    options.compiler = true;
    const auto room = sandbox_->room(options);
    Command command{.arguments = room.prefix(), .wall = 60s};
    command.arguments.insert(command.arguments.end(), {"/bin/sh", "-c", script});
    return run(command);
  }

  std::optional<Sandbox> sandbox_;
};

std::string name_of(const testing::TestParamInfo<Level>& info) {
  return std::string(level_name(info.param));
}
INSTANTIATE_TEST_SUITE_P(, SandboxAt,
                         testing::Values(Level::full, Level::namespaces, Level::process), name_of);

TEST_P(SandboxAt, LetsHonestCodeCompute) {
  const CaseRun run = run_case("honest");
  EXPECT_EQ(run.how, "exit");
  EXPECT_EQ(run.printed, "sum 10 random 1 large 1 pipe 1 clock 1\n");
}

TEST_P(SandboxAt, RunsAsNobodyWithNothingInHand) {
  const std::string said = run_case("who").printed;
  if (getuid() == 0) {
    EXPECT_THAT(said, HasSubstr("uid 608"));
  }
  EXPECT_THAT(said, AllOf(HasSubstr("CapEff:\t0000000000000000"), HasSubstr("NoNewPrivs:\t1"),
                          HasSubstr("fd 3\n"), Not(HasSubstr("fd 4\n")), Not(HasSubstr("HOME="))));
}

TEST_P(SandboxAt, ReachesNoNetwork) {
  EXPECT_EQ(run_case("reach_out").printed, "socket: EPERM\nunix socket: EPERM\nnetlink: EPERM\n");
}

TEST_P(SandboxAt, SeesNeitherTheRepositoryNorTheMachine) {
  const CaseRun run = run_case("look_around");
  EXPECT_EQ(run.how, "exit");
  if (testing::Matches(testing::Contains(HasSubstr("anybody may read")))(sandbox_->parts()))
    GTEST_SKIP() << "this kernel has neither namespaces nor Landlock";
  for (const std::string path : {"/etc/shadow", "/etc/passwd", "/solutions", "/README.md"})
    EXPECT_THAT(run.printed, Not(HasSubstr(path + ": done")));
}

TEST_P(SandboxAt, LeavesNoTrace) {
  EXPECT_THAT(run_case("leave_traces").printed, Not(HasSubstr("done")));
}

TEST_P(SandboxAt, StrikesNobodyButItself) {
  const CaseRun run = run_case("strike");
  EXPECT_EQ(run.how, "exit");
  EXPECT_THAT(run.printed, HasSubstr("kill itself softly: done"));
  EXPECT_EQ(run.printed.find("done"), run.printed.rfind("done")) << run.printed;
}

TEST_P(SandboxAt, SeesNothingOfTheSupervisor) {
  EXPECT_THAT(run_case("peek").printed, Not(HasSubstr("done")));
}

TEST_P(SandboxAt, CannotForgeAResult) {
  const auto room = sandbox_->room({.readable = {kWorker}});
  const auto runs = run_cases(room, {"forge", "honest"}, {.memory_mib = 512});
  EXPECT_EQ(runs.size(), 2u);
  EXPECT_FALSE(runs.contains("forged"));
}

TEST_P(SandboxAt, RisesToNoRights) {
  EXPECT_THAT(run_case("rise").printed, Not(HasSubstr("done")));
}

TEST_P(SandboxAt, SaysHowACaseEnded) {
  const auto room = sandbox_->room({.readable = {kWorker}});
  const auto runs = run_cases(room, {"sleep", "abort", "talk", "burn"},
                              {.cpu_seconds = 1, .wall_seconds = 5, .memory_mib = 512});
  EXPECT_EQ(runs.at("sleep").how, "time");
  EXPECT_EQ(runs.at("burn").how, "time");
  EXPECT_EQ(runs.at("abort").how, "signal");
  EXPECT_EQ(runs.at("abort").code, SIGABRT);
  EXPECT_EQ(runs.at("talk").printed.size(), std::size_t{64} << 10);
}

TEST_P(SandboxAt, WhatACaseLeavesBehindIsGoneBeforeTheNext) {
  const auto room = sandbox_->room({.readable = {kWorker}});
  const auto start = std::chrono::steady_clock::now();
  const auto runs = run_cases(room, {"leave_somebody", "count_processes"},
                              {.wall_seconds = 60, .memory_mib = 512});
  EXPECT_LT(std::chrono::steady_clock::now() - start, 30s);
  EXPECT_EQ(runs.at("leave_somebody").how, "exit");
  // bubblewrap, the supervisor and the case itself
  if (apart()) {
    EXPECT_EQ(runs.at("count_processes").printed, "processes 3\n");
  }
  EXPECT_TRUE(processes_with(kWorker).empty());
}

TEST_P(SandboxAt, TheTimeOfChildrenCounts) {
  if (!apart()) GTEST_SKIP() << "at this level a case has no children";
  const CaseRun run =
      run_case("burn_in_children", {.cpu_seconds = 1, .wall_seconds = 20, .memory_mib = 512});
  EXPECT_EQ(run.how, "time");
  EXPECT_GE(run.cpu_ms, 1000);
}

TEST_P(SandboxAt, MemoryEndsAndTheNextCaseHasItsOwn) {
  const auto room = sandbox_->room({.memory_mib = 64, .readable = {kWorker}});
  const auto runs = run_cases(room, {"take_memory", "honest", "take_memory_in_children", "talk"},
                              {.wall_seconds = 10, .memory_mib = 64});
  EXPECT_EQ(runs.at("honest").how, "exit");
  EXPECT_EQ(runs.at("talk").how, "exit");
  EXPECT_EQ(room.ran_out_of_memory(), full());
  if (full()) {
    EXPECT_EQ(runs.at("take_memory").how, "memory");
    EXPECT_EQ(runs.at("take_memory_in_children").how, "memory");
  } else {
    EXPECT_EQ(runs.at("take_memory").printed, "no more\n");
  }
}

TEST_P(SandboxAt, AForkBombEndsInItsRoom) {
  const auto room = sandbox_->room({.readable = {kWorker}});
  const auto runs = run_cases(room, {"bomb", "honest"}, {.wall_seconds = 2, .memory_mib = 512});
  EXPECT_EQ(runs.at("bomb").how, apart() ? "time" : "exit");
  EXPECT_EQ(runs.at("honest").how, "exit");
  EXPECT_EQ(room.ran_out_of_processes(), full());
  EXPECT_TRUE(processes_with(kWorker).empty());
}

TEST_P(SandboxAt, CompilesWhereAProgramIsAskedFor) {
  Folder folder;
  const fs::path out = folder.path() / "out";
  fs::create_directory(out);
  write_atomically(folder.path() / "in/hello.cpp",
                   "#include <cstdio>\nint main() { puts(\"hello\"); }\n");
  fs::permissions(folder.path(), fs::perms(0711));
  const Completion c = shell("g++ -x c++ " + (folder.path() / "in/hello.cpp").string() + " -o " +
                                 (out / "hello").string() + " && " + (out / "hello").string(),
                             {.readable = {folder.path() / "in"}, .writable = {out}});
  EXPECT_EQ(c.output, "hello\n");
  EXPECT_TRUE(fs::exists(out / "hello"));
}

TEST_P(SandboxAt, TheCompilerReadsNoSecret) {
  Folder folder;
  fs::create_directory(folder.path() / "out");
  fs::permissions(folder.path(), fs::perms(0711));
  for (const std::string& file :
       {std::string("/etc/shadow"), (root_folder() / "README.md").string()}) {
    write_atomically(folder.path() / "in/steal.s", ".incbin \"" + file + "\"\n");
    const Completion c =
        shell("g++ -c " + (folder.path() / "in/steal.s").string() + " -o " +
                  (folder.path() / "out/steal.o").string(),
              {.readable = {folder.path() / "in"}, .writable = {folder.path() / "out"}});
    EXPECT_NE(c.exit_status, 0) << file;
    EXPECT_THAT(c.output, AnyOf(HasSubstr("file not found"), HasSubstr("Permission denied")));
  }
}

TEST_P(SandboxAt, TheCompilersDiskEnds) {
  Folder folder;
  const fs::path out = folder.path() / "out";
  fs::create_directory(out);
  fs::permissions(folder.path(), fs::perms(0711));
  const Completion c =
      shell("head -c 300000000 /dev/zero >" + (out / "big").string(), {.writable = {out}});
  EXPECT_FALSE(c.ok());
  EXPECT_LE(fs::file_size(out / "big"), std::size_t{256} << 20);
}

TEST_P(SandboxAt, TwoRoomsAreTwoUsers) {
  if (getuid() != 0) GTEST_SKIP() << "only root can give each room a user of its own";
  const auto one = sandbox_->room({.compiler = true}), two = sandbox_->room({.compiler = true});
  const auto user = [](const Sandbox::Room& room) {
    Command command{.arguments = room.prefix()};
    command.arguments.insert(command.arguments.end(), {"/usr/bin/id", "-u"});
    return run(command).output;
  };
  EXPECT_THAT(user(one), HasSubstr("608"));
  EXPECT_NE(user(one), user(two));
}

TEST_P(SandboxAt, AGradbookKilledAtAnyPointLeavesNothingRunning) {
  const std::string marker = "4242." + std::to_string(getpid());
  const auto asleep = [&] {
    return !processes_with("/bin/sleep" + std::string(1, '\0') + marker).empty();
  };
  for (const auto delay : {0ms, 5ms, 10ms, 15ms, 20ms, 25ms, 30ms, 40ms, 80ms, 20000ms}) {
    const pid_t grader = fork();
    if (grader == 0) {
      const Sandbox sandbox = Sandbox::open(GetParam(), GetParam());
      const auto room = sandbox.room({.compiler = true});
      Command command{.arguments = room.prefix()};
      command.arguments.insert(command.arguments.end(), {"/bin/sleep", marker});
      run(command);
      _exit(0);
    }
    if (delay < 1s) {
      std::this_thread::sleep_for(delay);
    } else {
      EXPECT_TRUE(soon(asleep));
    }
    kill(grader, SIGKILL);
    waitpid(grader, nullptr, 0);
    // One that is just being started comes into sight later, and is looked for in the next turn
    EXPECT_TRUE(soon([&] { return processes_with(marker).empty(); })) << delay.count();

    // Its groups stand there until somebody looks and finds that its last process is gone, one that
    // was just being started too
    if (!full()) continue;
    const auto swept = [&] {
      const Sandbox next = Sandbox::open(GetParam(), GetParam());
      const std::string left = "gradbook." + std::to_string(grader);
      for (const Hierarchy& h : find_hierarchies(proc_file("cgroup"), proc_file("mountinfo"))) {
        for (const auto& entry : fs::directory_iterator(h.folder)) {
          if (entry.path().filename().string().starts_with(left)) return false;
        }
      }
      return true;
    };
    EXPECT_TRUE(soon(swept)) << "killed after " << delay.count() << " ms";
  }
}

TEST_P(SandboxAt, NamesAPathThatItCannotOffer) {
  try {
    sandbox_->room({.readable = {"/no/such/file"}});
    FAIL();
  } catch (const UserError& error) {
    EXPECT_STREQ(error.what(), "the sandbox cannot offer /no/such/file: it is not there");
  }
}

TEST(Sandbox, SaysWhatIsMissing) {
  try {
    Sandbox::open(Level::namespaces, Level::process);
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("\"process\" in place of \"namespaces\""),
                                    HasSubstr("--allow-level process")));
  }
  EXPECT_THROW(level_of("strong"), UserError);
  EXPECT_EQ(level_of("namespaces"), Level::namespaces);
}

TEST(Sandbox, HoldsForAnOrdinaryUserToo) {
  if (getuid() != 0) GTEST_SKIP() << "this is an ordinary user";
  const Completion c =
      run({.arguments = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                         fs::read_symlink("/proc/self/exe").string(), "--gtest_filter=*SandboxAt*"},
           .output_cap = 1 << 20});
  EXPECT_EQ(c.exit_status, 0) << c.output;
}

TEST(Cgroups, AreFoundInEveryShape) {
  const auto folders = [](const std::string& cgroup, const std::string& mounts) {
    std::string text;
    for (const Hierarchy& h : find_hierarchies(cgroup, mounts))
      text += h.folder.string() + (h.memory ? " memory" : "") + (h.pids ? " pids" : "") + "\n";
    return text;
  };
  // v1, as systemd and containers mount it
  EXPECT_EQ(folders("4:memory:/user/1\n8:pids:/\n0::/\n",
                    "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                    "39 31 0:36 / /sys/fs/cgroup/pids rw shared:9 - cgroup cgroup rw,pids\n"),
            "/sys/fs/cgroup/memory/user/1 memory\n/sys/fs/cgroup/pids pids\n");
  EXPECT_EQ(
      folders("4:memory:/docker/77\n", "35 31 0:32 /docker/77 /cg rw - cgroup cgroup rw,memory\n"),
      "/cg memory\n");
  EXPECT_EQ(folders("", ""), "");
}

}  // namespace
}  // namespace gradbook
