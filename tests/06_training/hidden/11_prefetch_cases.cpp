#include <fmt/format.h>

#include <atomic>
#include <chrono>

#include "06_training/prefetch.hpp"
#include "support/modules.hpp"

// What is observed does not depend on which thread is faster. Where a wrong solution needs time to
// go wrong, it is given some.

namespace gradbook {
namespace {

void wait_a_while() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

// Waits until the other thread has come so far, or for a second
void wait_for(const std::atomic<std::size_t>& count, std::size_t least) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (count < least && std::chrono::steady_clock::now() < end) std::this_thread::yield();
}

Examples numbered(std::size_t i) {
  return {Matrix({i % 3 + 1, 2}, static_cast<Real>(i)), std::vector<Label>(i % 3 + 1, Label(i))};
}

// The labels of all results and the sums of their inputs, until there is none
void observe_all(const std::string& what, Prefetcher& prefetcher) {
  std::vector<std::int64_t> labels;
  std::vector<double> sums;
  while (const auto examples = prefetcher.next()) {
    labels.insert(labels.end(), examples->labels.begin(), examples->labels.end());
    sums.push_back(xt::sum(examples->inputs)());
  }
  observe("labels, " + what, labels);
  observe("sums, " + what, sums);
  observe("nothing afterwards, " + what, !prefetcher.next() && !prefetcher.next());
}

void observe_order(std::size_t count, std::size_t ahead) {
  const std::string what = fmt::format("{} results, {} ahead", count, ahead);
  calling("next() until it gives nothing, " + what);
  std::vector<std::int64_t> loaded;
  {
    Prefetcher prefetcher(count, ahead, [&](std::size_t i) {
      loaded.push_back(static_cast<std::int64_t>(i));
      return numbered(i);
    });
    observe_all(what, prefetcher);
  }
  observe("numbers loaded, " + what, loaded);
}

CASE(prefetch, order, "all results come, each once and in order", {.weight = 2}) {
  for (const std::size_t count : {1u, 2u, 7u, 100u}) {
    for (const std::size_t ahead : {1u, 2u, 3u, 200u}) observe_order(count, ahead);
  }
}

CASE(prefetch, none, "of nothing there is nothing, and no waiting") {
  for (const std::size_t ahead : {1u, 5u}) observe_order(0, ahead);
}

// Begun before next() is called for the first time, then after each call
void observe_room(std::size_t count, std::size_t ahead) {
  const std::string what = fmt::format("{} results, {} ahead", count, ahead);
  calling("next(), with a pause before each, " + what);
  std::atomic<std::size_t> begun = 0;
  std::vector<std::int64_t> counts;
  {
    Prefetcher prefetcher(count, ahead, [&](std::size_t i) {
      ++begun;
      return numbered(i);
    });
    for (std::size_t taken = 0; taken <= count; ++taken) {
      wait_for(begun, std::min(count, taken + ahead));
      wait_a_while();
      counts.push_back(static_cast<std::int64_t>(begun));
      if (taken < count) prefetcher.next();
    }
  }
  observe("begun when 0, 1, … were taken, " + what, counts);
}

CASE(prefetch, ahead, "as many are loaded ahead as may be, and no more", {.weight = 2}) {
  observe_room(5, 1);
  observe_room(7, 3);
  observe_room(3, 6);
}

// The other thread is held in load(i): nobody may wait for it but who asks for i
void observe_hold(std::size_t count, std::size_t ahead, std::size_t held) {
  const std::string what = fmt::format("{} results, {} ahead, held in {}", count, ahead, held);
  calling("next() while load does not return, " + what);
  std::atomic<bool> go = false;
  std::atomic<std::size_t> begun = 0;
  Prefetcher prefetcher(count, ahead, [&](std::size_t i) {
    ++begun;
    while (i == held && !go) std::this_thread::yield();
    return numbered(i);
  });
  wait_for(begun, std::min(held + 1, ahead));
  std::vector<std::int64_t> labels;
  for (std::size_t i = 0; i < held; ++i) labels.push_back(prefetcher.next()->labels.at(0));
  observe("taken meanwhile, " + what, labels);
  go = true;
  observe_all(what, prefetcher);
}

CASE(prefetch, while_loading, "what is ready can be taken while the next is being loaded") {
  observe_hold(4, 2, 1);
  observe_hold(6, 4, 3);
  observe_hold(3, 1, 2);
}

void observe_stop(std::size_t count, std::size_t ahead, std::size_t taken) {
  const std::string what = fmt::format("{} of {} results taken, {} ahead", taken, count, ahead);
  calling("the destructor, " + what);
  std::atomic<std::size_t> begun = 0;
  {
    Prefetcher prefetcher(count, ahead, [&](std::size_t i) {
      ++begun;
      return numbered(i);
    });
    for (std::size_t i = 0; i < taken; ++i) prefetcher.next();
    wait_for(begun, std::min(count, taken + ahead));
    wait_a_while();
  }
  const std::size_t at_the_end = begun;
  wait_a_while();
  observe("begun, " + what, at_the_end);
  observe("begun after the end, " + what, begun - at_the_end);
}

CASE(prefetch, stop, "it ends in the middle: loading waits for room, and the destructor wakes it",
     {.weight = 2}) {
  observe_stop(1000, 1, 0);
  observe_stop(1000, 3, 2);
  observe_stop(4, 2, 4);
  observe_stop(2, 8, 1);
}

CASE(prefetch, stop_while_loading,
     "a load that has begun is finished, and none is begun after it") {
  std::atomic<std::size_t> begun = 0, ended = 0;
  calling("the destructor while load(0) runs, with room for 50 more");
  {
    const Prefetcher prefetcher(50, 50, [&](std::size_t i) {
      ++begun;
      if (i == 0) std::this_thread::sleep_for(std::chrono::milliseconds(60));
      ++ended;
      return numbered(i);
    });
    wait_for(begun, 1);
  }
  observe("begun", static_cast<std::size_t>(begun));
  observe("ended", static_cast<std::size_t>(ended));
}

// The label of the next result; -1 where there is none, -2 where something is thrown
std::int64_t taken_from(Prefetcher& prefetcher) {
  try {
    const auto examples = prefetcher.next();
    return examples ? examples->labels.at(0) : -1;
  } catch (const Error&) {
    return -2;
  }
}

void observe_thrown_at(std::size_t bad, std::size_t ahead) {
  const std::string what = fmt::format("load({}) throws, {} ahead", bad, ahead);
  calling("next() until it throws, " + what);
  std::atomic<std::size_t> begun = 0;
  {
    Prefetcher prefetcher(9, ahead, [&](std::size_t i) {
      ++begun;
      if (i == bad) throw ShapeError("this one cannot be loaded");
      return numbered(i);
    });
    wait_for(begun, std::min(bad + 1, ahead));
    wait_a_while();  // the error may be there long before it is its turn
    std::vector<std::int64_t> labels;
    for (std::size_t i = 0; i < bad; ++i) labels.push_back(taken_from(prefetcher));
    observe("taken before, " + what, labels);
    observe_error("in its place, " + what, [&] { prefetcher.next(); });
    const std::int64_t after = taken_from(prefetcher);
    observe("afterwards, -1 for nothing, " + what,
            std::vector<std::int64_t>{after, taken_from(prefetcher)});
    wait_a_while();
  }
  observe("begun, " + what, static_cast<std::size_t>(begun));
}

CASE(prefetch, errors, "what load throws comes out of next() in place of that result",
     {.weight = 2}) {
  observe_thrown_at(0, 1);
  observe_thrown_at(2, 1);
  observe_thrown_at(3, 5);
  observe_thrown_at(8, 20);
}

CASE(prefetch, error_unseen, "an error that nobody asks for ends with the object") {
  std::atomic<std::size_t> begun = 0;
  calling("the destructor after load(1) has thrown, with nothing taken");
  {
    const Prefetcher prefetcher(9, 4, [&](std::size_t i) {
      ++begun;
      if (i == 1) throw RangeError("unseen");
      return numbered(i);
    });
    wait_for(begun, 2);
    wait_a_while();
  }
  observe("begun", static_cast<std::size_t>(begun));
}

PROOF(prefetch, order) {
  std::size_t next = 0;
  Prefetcher prefetcher(500, 3, numbered);
  while (const auto examples = prefetcher.next())
    prove(examples->labels.at(0) == static_cast<Label>(next++), "results come in order");
  prove(next == 500, "all results come");
}

}  // namespace
}  // namespace gradbook
