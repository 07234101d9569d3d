#include "system/process.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>

namespace gradbook {
namespace {

using namespace std::chrono_literals;

Completion shell(const std::string& script, Command command = {}) {
  command.arguments = {"sh", "-c", script};
  return run(command);
}

TEST(Process, ReturnsOutputAndExitStatus) {
  const Completion c = shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(c.output, "out\nerr\n");
  EXPECT_EQ(c.exit_status, 3);
}

TEST(Process, SaysWhichSignalEndedIt) { EXPECT_EQ(shell("kill -SEGV $$").signal, SIGSEGV); }

TEST(Process, SaysThatThereIsNoSuchProgram) {
  EXPECT_FALSE(run({.arguments = {"no-such-program-anywhere"}}).started);
}

TEST(Process, EndsWhatTakesTooLongWithAllItsChildren) {
  const auto start = std::chrono::steady_clock::now();
  const Completion c = shell("sleep 60 & sleep 60", {.wall = 200ms});
  EXPECT_TRUE(c.timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 30s);
}

TEST(Process, EndsWhatClosesItsOutputAndGoesOn) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(shell("exec >&- 2>&-; sleep 60", {.wall = 200ms}).timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 30s);
}

TEST(Process, KeepsAFloodOfOutputSmall) {
  const Completion c = shell("yes | head -c 10000000", {.output_cap = 1000});
  EXPECT_EQ(c.output.size(), 1000u);
  EXPECT_TRUE(c.output_cut);
}

TEST(Process, HandsOnEventsAsTheyCome) {
  std::string events;
  shell("echo one >&3; echo two >&3",
        {.on_event = [&](std::string_view bytes) { events += bytes; }});
  EXPECT_EQ(events, "one\ntwo\n");
}

TEST(Process, IsEndedWhenItFallsSilent) {
  EXPECT_TRUE(shell("echo one >&3; sleep 60", {.quiet = 200ms, .on_event = [](std::string_view) {}})
                  .timed_out);
}

}  // namespace
}  // namespace gradbook
