// The worker: one hidden case beside a student's code. What it sees leaves on file descriptor 3; it
// knows no right answer, so nothing that the student's code does to this process can make a wrong
// answer right. Compiled with GRADBOOK_GPU it runs cases on a GPU, and `worker --device` names
// that.
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "00_course/not_started.hpp"
#include "support/case.hpp"
#ifdef GRADBOOK_GPU
#include <cstdio>

#include "kernels/device.hpp"
#endif

namespace gradbook {
namespace {

constexpr int kObservations = 3;

void send(const Observation& observation) {
  const std::string bytes = encode(observation);
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t n = write(kObservations, bytes.data() + sent, bytes.size() - sent);
    if (n <= 0) _exit(4);  // nobody is there to judge it
    sent += static_cast<std::size_t>(n);
  }
}

void send(Role role, std::string label = {}, std::string text = {}) {
  Observation o;
  o.role = role;
  o.type = Type::text;
  o.label = std::move(label);
  o.text = std::move(text);
  send(o);
}

}  // namespace

void not_started(const char* exercise) {
  send(Role::not_started, exercise);
  _exit(0);
}

#ifdef GRADBOOK_GPU

void only_emulated() {
  send(Role::only_emulated);
  _exit(0);
}

namespace {

// Prints the name of the GPU, or why there is none
int name_device() {
  int count = 0;
  cudaDeviceProp about{};
  cudaError_t error = cudaGetDeviceCount(&count);
  if (error == cudaSuccess && count == 0) error = cudaErrorNoDevice;
  if (error == cudaSuccess) error = cudaGetDeviceProperties(&about, 0);
  std::puts(error == cudaSuccess ? about.name : cudaGetErrorString(error));
  return error == cudaSuccess ? 0 : 1;
}

}  // namespace
#endif

}  // namespace gradbook

int main(int argc, char** argv) {
  using namespace gradbook;
#ifdef GRADBOOK_GPU
  if (argc == 2 && std::strcmp(argv[1], "--device") == 0) return name_device();
#endif
  if (argc != 3) return 2;
  for (const CaseEntry& entry : all_cases()) {
    if (entry.name != argv[1]) continue;
    set_sink(send);
    seed_case(std::strtoull(argv[2], nullptr, 10), entry.name);
    try {
      entry.run();
      send(Role::end);
    } catch (...) {
      send(Role::thrown, detail::current_exception_type(), detail::current_exception_message());
    }
    _exit(0);  // a destructor of a static object has nothing to add
  }
  return 2;
}
