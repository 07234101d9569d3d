/// @file
/// Who does the work: the four loops over arrays, plain or fast, behind one interface.
#pragma once

#include "03_tensor/primitive.hpp"

namespace gradbook {

/// The loops that everything in this module is computed by.
class Backend {
 public:
  virtual ~Backend();

  /// "plain" or "fast".
  virtual const char* name() const = 0;
  /// out = f(a), element by element. @throws ShapeError where the shapes differ
  virtual void map(const MapPrimitive& f, const Array& a, Array& out) const = 0;
  /// out = f(a, b), broadcast. @throws ShapeError where they do not fit
  virtual void zip(const ZipPrimitive& f, const Array& a, const Array& b, Array& out) const = 0;
  /// Folds axes away, from f.start on. @throws RangeError for an axis that is not there, or twice
  virtual Array reduce(const ReducePrimitive& f, const Array& a, const Axes& axes,
                       bool keepdim) const = 0;
  /// (…, M, K) times (…, K, N). @throws ShapeError where they do not fit
  virtual Array matmul(const Array& a, const Array& b) const = 0;
};

/// The loops of 3.7 to 3.10, which ask for each element by its index.
const Backend& plain_backend();

/// The loops of 3.15 and 3.11: one call a run, blocks, vectors.
/// @param threads  how many share the work of one operation
const Backend& fast_backend(int threads = 1);

/// The one in use: fast_backend(1) in the preset fast, plain_backend() else, until somebody
/// chooses.
const Backend& backend();

/// From now on operations use this one.
void use_backend(const Backend& backend);

// ---- with new arrays as results -----------------------------------------------------------------

/// f(a), element by element, by the backend in use.
Array map(const MapPrimitive& f, const Array& a);
/// f(a, b), broadcast, by the backend in use. @throws ShapeError
Array zip(const ZipPrimitive& f, const Array& a, const Array& b);

}  // namespace gradbook
