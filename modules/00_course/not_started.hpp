/// @file
/// What stands in a stub until the student writes something better.
#pragma once

#include <exception>

namespace gradbook {

/// Thrown in a public test by an exercise that still holds its stub.
class NotStarted : public std::exception {
 public:
  /// @param exercise  a literal such as "2.2"
  explicit NotStarted(const char* exercise) : exercise_(exercise) {}
  ~NotStarted() override;

  /// The number of the exercise, such as "2.2".
  const char* exercise() const { return exercise_; }
  /// Always the same sentence.
  const char* what() const noexcept override { return "this exercise is not started"; }

 private:
  const char* exercise_;  // a literal in the stub
};

/// Says that `exercise` is not started, and does not come back.
///
/// In a public test it throws NotStarted; in a worker it reports the state and leaves the process.
/// That it never returns lets it stand in a function of any type.
/// @param exercise  a literal such as "2.2"
#ifdef __CUDACC__  // a kernel may hold a stub, too
[[noreturn]] __host__ __device__ void not_started(const char* exercise);
#else
[[noreturn]] void not_started(const char* exercise);
#endif

}  // namespace gradbook
