// Streams and events, as CUDA's runtime has them.
#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "kernels/emulator/runtime.hpp"

struct EmulatedEvent {
  gradbook::emulator::Asked asked;
  std::chrono::steady_clock::time_point recorded{};
};

namespace {

using gradbook::emulator::done;
using gradbook::emulator::result;
using gradbook::emulator::streams;

// What is asked may come to an event after it was given back
std::vector<std::shared_ptr<EmulatedEvent>>& events() {
  static auto& all = *new std::vector<std::shared_ptr<EmulatedEvent>>;
  return all;
}

auto find(cudaEvent_t event) {
  return std::ranges::find(events(), event, &std::shared_ptr<EmulatedEvent>::get);
}

bool is_event(cudaEvent_t event) { return find(event) != events().end(); }

}  // namespace

cudaError_t cudaDeviceSynchronize() { return done(streams().finish_all()); }

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
  if (stream == nullptr) return result(cudaErrorInvalidValue);
  *stream = streams().create();
  return cudaSuccess;
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  if (stream == nullptr || !streams().has(stream)) return result(cudaErrorInvalidResourceHandle);
  const bool well = streams().finish(stream);
  streams().destroy(stream);
  return done(well);
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  if (!streams().has(stream)) return result(cudaErrorInvalidResourceHandle);
  return done(streams().finish(stream));
}

cudaError_t cudaStreamQuery(cudaStream_t stream) {
  if (!streams().has(stream)) return result(cudaErrorInvalidResourceHandle);
  return streams().do_next(stream) ? cudaErrorNotReady : cudaSuccess;
}

cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned) {
  if (!streams().has(stream) || !is_event(event)) return result(cudaErrorInvalidResourceHandle);
  streams().wait_for(stream, event->asked);
  return cudaSuccess;
}

cudaError_t cudaEventCreate(cudaEvent_t* event) {
  if (event == nullptr) return result(cudaErrorInvalidValue);
  *event = events().emplace_back(std::make_shared<EmulatedEvent>()).get();
  return cudaSuccess;
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  const auto found = find(event);
  if (found == events().end()) return result(cudaErrorInvalidResourceHandle);
  events().erase(found);
  return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  const auto found = find(event);
  if (found == events().end() || !streams().has(stream))
    return result(cudaErrorInvalidResourceHandle);
  event->asked = streams().ask(stream, {"", gradbook::Engine::compute, 0, [one = *found] {
                                          one->recorded = std::chrono::steady_clock::now();
                                        }});
  return cudaSuccess;
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  if (!is_event(event)) return result(cudaErrorInvalidResourceHandle);
  return done(streams().finish(event->asked));
}

cudaError_t cudaEventQuery(cudaEvent_t event) {
  if (!is_event(event)) return result(cudaErrorInvalidResourceHandle);
  return streams().done(event->asked) ? cudaSuccess : cudaErrorNotReady;
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t from, cudaEvent_t to) {
  const auto recorded = [](cudaEvent_t event) {
    return is_event(event) && event->asked.number > 0;
  };
  if (milliseconds == nullptr || !recorded(from) || !recorded(to))
    return result(cudaErrorInvalidResourceHandle);
  if (!streams().done(from->asked) || !streams().done(to->asked)) return cudaErrorNotReady;
  *milliseconds = std::chrono::duration<float, std::milli>(to->recorded - from->recorded).count();
  return cudaSuccess;
}
