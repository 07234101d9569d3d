#include <cmath>
#include <limits>
#include <utility>

#include "03_tensor/lanes.hpp"
#include "03_tensor/primitive.hpp"

namespace gradbook::primitives {
namespace {

// ---- functions, each of one number or of a register full of them --------------------------------

struct Neg {
  template <class T>
  static T of(T x) {
    return -x;
  }
};

struct Inv {
  template <class T>
  static T of(T x) {
    return T(1) / x;
  }
};

struct Exp {
  template <class T>
  static T of(T x) {
    using std::exp, xsimd::exp;
    return exp(x);
  }
};

struct Log {
  template <class T>
  static T of(T x) {
    using std::log, xsimd::log;
    return log(x);
  }
};

struct Sqrt {
  template <class T>
  static T of(T x) {
    using std::sqrt, xsimd::sqrt;
    return sqrt(x);
  }
};

struct Tanh {
  template <class T>
  static T of(T x) {
    using std::tanh, xsimd::tanh;
    return tanh(x);
  }
};

// exp of a negative number never overflows
struct Sigmoid {
  static Real of(Real x) {
    const Real small = std::exp(-std::abs(x));
    return (x < 0 ? small : 1) / (1 + small);
  }
  static Lanes of(Lanes x) {
    const Lanes small = xsimd::exp(-xsimd::abs(x));
    return xsimd::select(x < Lanes(0), small, Lanes(1)) / (Lanes(1) + small);
  }
};

// Written so that NaN, for which every comparison is false, comes through
struct Relu {
  static Real of(Real x) { return x < 0 ? 0 : x; }
  static Lanes of(Lanes x) { return xsimd::select(x < Lanes(0), Lanes(0), x); }
};

struct Copy {
  template <class T>
  static T of(T x) {
    return x;
  }
};

struct Add {
  template <class T>
  static T of(T a, T b) {
    return a + b;
  }
};

struct Sub {
  template <class T>
  static T of(T a, T b) {
    return a - b;
  }
};

struct Mul {
  template <class T>
  static T of(T a, T b) {
    return a * b;
  }
};

struct Div {
  template <class T>
  static T of(T a, T b) {
    return a / b;
  }
};

struct Max {
  static Real of(Real a, Real b) { return a > b || a != a ? a : b; }
  static Lanes of(Lanes a, Lanes b) { return xsimd::select((a > b) || (a != a), a, b); }
};

struct Lt {
  static Real of(Real a, Real b) { return a < b ? 1 : 0; }
  static Lanes of(Lanes a, Lanes b) { return xsimd::select(a < b, Lanes(1), Lanes(0)); }
};

struct Eq {
  static Real of(Real a, Real b) { return a == b ? 1 : 0; }
  static Lanes of(Lanes a, Lanes b) { return xsimd::select(a == b, Lanes(1), Lanes(0)); }
};

Real power(Real a, Real b) { return std::pow(a, b); }

// ---- runs
// ----------------------------------------------------------------------------------------

template <class F>
Real map_one(Real x) {
  return F::of(x);
}

template <class F>
void map_run(const Real* a, Real* out, std::int64_t n) {
  std::int64_t i = 0;
  for (; i + 2 * kLanes <= n; i += 2 * kLanes) {
    const Lanes first = F::of(Lanes::load_unaligned(a + i)),
                second = F::of(Lanes::load_unaligned(a + i + kLanes));
    first.store_unaligned(out + i);
    second.store_unaligned(out + i + kLanes);
  }
  for (; i + kLanes <= n; i += kLanes) F::of(Lanes::load_unaligned(a + i)).store_unaligned(out + i);
  for (; i < n; ++i) out[i] = F::of(a[i]);
}

template <class F>
Real zip_one(Real a, Real b) {
  return F::of(a, b);
}

// A whole register, or one number as often as it fits in
template <int kStep>
Lanes load(const Real* from) {
  if constexpr (kStep == 0) return Lanes(*from);
  return Lanes::load_unaligned(from);
}

template <class F, int kStepA, int kStepB>
void zip_steps(const Real* a, const Real* b, Real* out, std::int64_t n) {
  std::int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    F::of(load<kStepA>(a + i * kStepA), load<kStepB>(b + i * kStepB)).store_unaligned(out + i);
  for (; i < n; ++i) out[i] = F::of(a[i * kStepA], b[i * kStepB]);
}

template <class F>
void zip_run(const Real* a, std::int64_t step_a, const Real* b, std::int64_t step_b, Real* out,
             std::int64_t n) {
  if (step_a == 1 && step_b == 1) return zip_steps<F, 1, 1>(a, b, out, n);
  if (step_a == 1 && step_b == 0) return zip_steps<F, 1, 0>(a, b, out, n);
  if (step_a == 0 && step_b == 1) return zip_steps<F, 0, 1>(a, b, out, n);
  for (std::int64_t i = 0; i < n; ++i) out[i] = F::of(a[i * step_a], b[i * step_b]);
}

void pow_run(const Real* a, std::int64_t step_a, const Real* b, std::int64_t step_b, Real* out,
             std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) out[i] = power(a[i * step_a], b[i * step_b]);
}

using Row [[gnu::vector_size(sizeof(Lanes))]] = Real;

// Folds a register: its halves onto each other, then the quarters, until one number is left
template <class F, std::size_t kHalf, std::size_t... kIs>
Real fold_lanes(Lanes all, std::index_sequence<kIs...> each) {
  if constexpr (kHalf == 0) {
    return all.get(0);
  } else {
    Row row;
    __builtin_memcpy(&row, &all, sizeof(Row));
    row = __builtin_shufflevector(row, row, ((kIs + kHalf) % kLanes)...);
    Lanes other;
    __builtin_memcpy(&other, &row, sizeof(Row));
    return fold_lanes<F, kHalf / 2>(F::of(all, other), each);
  }
}

// Four registers at a time, for each step of one waits for the step before; then one;
// then what is left, number by number
template <class F>
Real fold_run(const Real* a, std::int64_t n, Real start) {
  if (n < kLanes) {
    for (std::int64_t i = 0; i < n; ++i) start = F::of(start, a[i]);
    return start;
  }
  std::int64_t i = kLanes;
  Lanes all = Lanes::load_unaligned(a);
  if (n >= 4 * kLanes) {
    Lanes folded[4];
    for (int k = 0; k < 4; ++k) folded[k] = Lanes::load_unaligned(a + k * kLanes);
    for (i = 4 * kLanes; i + 4 * kLanes <= n; i += 4 * kLanes) {
      for (int k = 0; k < 4; ++k)
        folded[k] = F::of(folded[k], Lanes::load_unaligned(a + i + k * kLanes));
    }
    all = F::of(F::of(folded[0], folded[1]), F::of(folded[2], folded[3]));
  }
  for (; i + kLanes <= n; i += kLanes) all = F::of(all, Lanes::load_unaligned(a + i));
  Real rest = start;  // beside the lanes, so that neither waits for the other
  for (; i < n; ++i) rest = F::of(rest, a[i]);
  return F::of(rest, fold_lanes<F, kLanes / 2>(all, std::make_index_sequence<kLanes>{}));
}

constexpr Real kInfinity = std::numeric_limits<Real>::infinity();

Real sum_run(const Real* a, std::int64_t n) { return fold_run<Add>(a, n, 0); }
Real prod_run(const Real* a, std::int64_t n) { return fold_run<Mul>(a, n, 1); }
Real max_run(const Real* a, std::int64_t n) { return fold_run<Max>(a, n, -kInfinity); }

template <class F>
void fold_into(Real* into, const Real* a, std::int64_t n) {
  zip_steps<F, 1, 1>(into, a, into, n);
}

}  // namespace

const MapPrimitive neg = {"neg", map_one<Neg>, map_run<Neg>};
const MapPrimitive inv = {"inv", map_one<Inv>, map_run<Inv>};
const MapPrimitive exp = {"exp", map_one<Exp>, map_run<Exp>};
const MapPrimitive log = {"log", map_one<Log>, map_run<Log>};
const MapPrimitive sqrt = {"sqrt", map_one<Sqrt>, map_run<Sqrt>};
const MapPrimitive sigmoid = {"sigmoid", map_one<Sigmoid>, map_run<Sigmoid>};
const MapPrimitive tanh = {"tanh", map_one<Tanh>, map_run<Tanh>};
const MapPrimitive relu = {"relu", map_one<Relu>, map_run<Relu>};
const MapPrimitive copy = {"copy", map_one<Copy>, map_run<Copy>};

const ZipPrimitive add = {"add", zip_one<Add>, zip_run<Add>};
const ZipPrimitive sub = {"sub", zip_one<Sub>, zip_run<Sub>};
const ZipPrimitive mul = {"mul", zip_one<Mul>, zip_run<Mul>};
const ZipPrimitive div = {"div", zip_one<Div>, zip_run<Div>};
const ZipPrimitive pow = {"pow", power, pow_run};
const ZipPrimitive max = {"max", zip_one<Max>, zip_run<Max>};
const ZipPrimitive lt = {"lt", zip_one<Lt>, zip_run<Lt>};
const ZipPrimitive eq = {"eq", zip_one<Eq>, zip_run<Eq>};

const ReducePrimitive sum = {"sum", 0, zip_one<Add>, sum_run, fold_into<Add>};
const ReducePrimitive prod = {"prod", 1, zip_one<Mul>, prod_run, fold_into<Mul>};
const ReducePrimitive max_of = {"max", -kInfinity, zip_one<Max>, max_run, fold_into<Max>};

}  // namespace gradbook::primitives
