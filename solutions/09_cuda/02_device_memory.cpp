#include "09_cuda/device_memory.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "09_cuda/elementwise.hpp"

namespace gradbook {

FloatBuffer::FloatBuffer(std::size_t size, SourceLocation where) {
  // SOLUTION BEGIN  sizes are in bytes, and whatever a call returns is looked at
  if (size == 0) return;
  if (size > std::size_t(-1) / sizeof(float))
    check_device(cudaErrorMemoryAllocation, "allocate " + std::to_string(size) + " floats", where);
  check_device(cudaMalloc(&data_, size * sizeof(float)),
               "allocate " + std::to_string(size * sizeof(float)) + " bytes", where);
  size_ = size;
  // SOLUTION END
}

FloatBuffer::~FloatBuffer() {
  // SOLUTION BEGIN  once for each cudaMalloc; nullptr is nothing
  cudaFree(data_);
  // SOLUTION END
}

FloatBuffer::FloatBuffer(FloatBuffer&& other) noexcept {
  // SOLUTION BEGIN  whoever has the pointer frees the memory: never two of them
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  // SOLUTION END
}

FloatBuffer& FloatBuffer::operator=(FloatBuffer&& other) noexcept {
  // SOLUTION BEGIN  take, then swap: what this one had goes with the one in between
  FloatBuffer taken(std::move(other));
  std::swap(data_, taken.data_);
  std::swap(size_, taken.size_);
  return *this;
  // SOLUTION END
}

void FloatBuffer::copy_from(std::span<const float> numbers, SourceLocation where) {
  // SOLUTION BEGIN  as many as there is room for, towards the device
  if (numbers.size() != size_)
    throw ShapeError("copy_from: ", numbers.size(), " numbers into a buffer of ", size_);
  check_device(cudaMemcpy(data_, numbers.data(), size_ * sizeof(float), cudaMemcpyHostToDevice),
               "copy " + std::to_string(size_ * sizeof(float)) + " bytes to the device", where);
  // SOLUTION END
}

std::vector<float> FloatBuffer::to_host(SourceLocation where) const {
  // SOLUTION BEGIN  the other way
  std::vector<float> numbers(size_);
  check_device(cudaMemcpy(numbers.data(), data_, size_ * sizeof(float), cudaMemcpyDeviceToHost),
               "copy " + std::to_string(size_ * sizeof(float)) + " bytes to the host", where);
  return numbers;
  // SOLUTION END
}

std::vector<float> add_on_device(std::span<const float> a, std::span<const float> b) {
  // SOLUTION BEGIN  there, add, and back; owners give back what they have
  if (a.size() != b.size())
    throw ShapeError("add_on_device: lists of lengths ", a.size(), " and ", b.size());
  if (a.empty()) return {};
  FloatBuffer x(a.size()), y(a.size()), z(a.size());
  x.copy_from(a);
  y.copy_from(b);
  const int n = static_cast<int>(a.size());
  launch(vector_add_kernel, blocks_for(n, 256), 256)(x.data(), y.data(), z.data(), n);
  return z.to_host();
  // SOLUTION END
}

void add_in_chunks(std::span<const float> a, std::span<const float> b, std::span<float> c,
                   std::size_t chunk) {
  // SOLUTION BEGIN  ask for everything first, and wait at the end
  if (a.size() != b.size() || a.size() != c.size())
    throw ShapeError("add_in_chunks: lists of lengths ", a.size(), ", ", b.size(), " and ",
                     c.size());
  if (chunk == 0) throw RangeError("add_in_chunks: chunks of ", chunk, " numbers");
  const std::size_t room = std::min(chunk, a.size());
  struct Lane {
    Stream stream;
    FloatBuffer x, y, z;
  } lanes[2] = {{Stream(), FloatBuffer(room), FloatBuffer(room), FloatBuffer(room)},
                {Stream(), FloatBuffer(room), FloatBuffer(room), FloatBuffer(room)}};
  for (std::size_t i = 0; i * chunk < a.size(); ++i) {
    Lane& lane = lanes[i % 2];
    const std::size_t from = i * chunk, n = std::min(chunk, a.size() - from);
    const std::size_t bytes = n * sizeof(float);
    const cudaStream_t stream = lane.stream.get();
    const auto copy = [&](void* to, const void* numbers, cudaMemcpyKind kind) {
      check_device(cudaMemcpyAsync(to, numbers, bytes, kind, stream),
                   "ask for a copy of " + std::to_string(bytes) + " bytes");
    };
    copy(lane.x.data(), &a[from], cudaMemcpyHostToDevice);
    copy(lane.y.data(), &b[from], cudaMemcpyHostToDevice);
    launch_async(vector_add_kernel, blocks_for(static_cast<int>(n), 256), 256, 0, stream)(
        lane.x.data(), lane.y.data(), lane.z.data(), static_cast<int>(n));
    copy(&c[from], lane.z.data(), cudaMemcpyDeviceToHost);
  }
  for (Lane& lane : lanes) lane.stream.synchronize();
  // SOLUTION END
}

}  // namespace gradbook
