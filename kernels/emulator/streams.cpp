#include "kernels/emulator/streams.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace gradbook {
namespace emulator {
namespace {

constexpr std::size_t kTimeline = 4096;  // operations that are remembered

}  // namespace

EmulatedStream* Streams::create() {
  const std::lock_guard lock(changing_);
  auto* const stream = new EmulatedStream;
  numbers_[stream] = next_stream_++;
  return stream;
}

void Streams::destroy(EmulatedStream* stream) {
  const std::lock_guard lock(changing_);
  finish(stream);
  numbers_.erase(stream);
  stream_end_.erase(stream);
  for (Busy& engine : engines_) {
    if (engine.stream == stream) engine.stream = nullptr;
  }
  delete stream;
}

bool Streams::has(EmulatedStream* stream) {
  const std::lock_guard lock(changing_);
  return numbers_.contains(stream);
}

// ---- asking -------------------------------------------------------------------------------------

Asked Streams::ask(EmulatedStream* stream, const Operation& operation) {
  const std::lock_guard lock(changing_);
  pending_[++last_] = {stream, 0, operation.action};
  return {last_, place(stream, operation)};
}

void Streams::wait_for(EmulatedStream* stream, const Asked& other) {
  const std::lock_guard lock(changing_);
  pending_[++last_] = {stream, other.number, {}};
  stream_end_[stream] = std::max(stream_end_[stream], other.end);
}

// When a device does it whose engines take up what they are asked for in that order
double Streams::place(EmulatedStream* stream, const Operation& operation) {
  double begin = std::max({host_, stream_end_[stream], stream_end_[nullptr]});
  if (stream == nullptr) {  // it waits for all others, and they for it
    for (const double end : stream_end_ | std::views::values) begin = std::max(begin, end);
  }
  if (operation.what.empty()) return stream_end_[stream] = begin;
  Busy& engine = engines_.at(static_cast<std::size_t>(operation.engine));
  begin = std::max(begin, engine.end);
  const double end = begin + operation.seconds;
  overlapped_ += std::ranges::any_of(engines_, [&](const Busy& other) {
    return &other != &engine && other.stream != stream && other.begin < end && begin < other.end;
  });
  engine = {begin, end, stream};
  timeline.push_back({operation.what, numbers_[stream], operation.engine, begin, end});
  if (timeline.size() > kTimeline) timeline.pop_front();
  return stream_end_[stream] = end;
}

// ---- doing --------------------------------------------------------------------------------------

// Does first what comes before it: of its stream, and of the default one; for that, of any
bool Streams::run(std::uint64_t number) {
  const auto found = pending_.find(number);
  if (found == pending_.end()) return true;
  const Pending operation = found->second;
  const auto first_before = [&] {
    return std::ranges::find_if(pending_, [&](const auto& other) {
      EmulatedStream* const stream = other.second.stream;
      return other.first >= number || stream == operation.stream || stream == nullptr ||
             operation.stream == nullptr;
    });
  };
  for (auto before = first_before(); before->first < number; before = first_before()) {
    if (!run(before->first)) return false;
  }
  if (!run(operation.after)) return false;
  pending_.erase(number);
  try {
    if (operation.action) operation.action();
  } catch (...) {
    failure_ = std::current_exception();
    pending_.clear();
    return false;
  }
  return true;
}

bool Streams::finish(EmulatedStream* stream) {
  const std::lock_guard lock(changing_);
  host_ = std::max(host_, stream_end_[stream]);
  const auto newest = std::ranges::find(pending_ | std::views::reverse, stream,
                                        [](const auto& one) { return one.second.stream; });
  return newest == pending_.rend() || run(newest->first);
}

bool Streams::finish(const Asked& operation) {
  const std::lock_guard lock(changing_);
  host_ = std::max(host_, operation.end);
  return run(operation.number);
}

bool Streams::finish_all() {
  const std::lock_guard lock(changing_);
  for (const double end : stream_end_ | std::views::values) host_ = std::max(host_, end);
  while (!pending_.empty()) {
    if (!run(pending_.begin()->first)) return false;
  }
  return true;
}

bool Streams::do_next(EmulatedStream* stream) {
  const std::lock_guard lock(changing_);
  const auto next =
      std::ranges::find(pending_, stream, [](const auto& one) { return one.second.stream; });
  if (next == pending_.end()) return false;
  run(next->first);
  return true;
}

bool Streams::done(const Asked& operation) {
  const std::lock_guard lock(changing_);
  return !pending_.contains(operation.number);
}

void Streams::rethrow() {
  const std::lock_guard lock(changing_);
  if (const auto failure = std::exchange(failure_, nullptr)) std::rethrow_exception(failure);
}

// Never destroyed: buffers that are static may be given back after everything else
Streams& streams() {
  static Streams& all = *new Streams;
  return all;
}

}  // namespace emulator

std::vector<TimelineEntry> device_timeline() {
  const auto& all = emulator::streams().timeline;
  return {all.begin(), all.end()};
}

void clear_timeline() { emulator::streams().timeline.clear(); }

void use_device_model(const DeviceModel& model) { emulator::streams().model = model; }

}  // namespace gradbook
