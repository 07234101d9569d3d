#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "06_training/checkpoint.hpp"
#include "06_training/optimizers.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

// Numbers that doubles and floats have alike
Matrix drawn_exactly(std::string_view label, std::size_t rows, std::size_t columns) {
  std::vector<double> numbers(rows * columns);
  for (double& number : numbers) number = static_cast<double>(draw_integer(-4096, 4096)) / 1024;
  return filled<Matrix>({rows, columns}, input(label, numbers));
}

void observe_bytes(std::string_view label, std::string_view bytes) {
  std::vector<std::int64_t> numbers;
  for (const char byte : bytes) numbers.push_back(static_cast<unsigned char>(byte));
  observe(label, numbers);
}

// All bits, of NaN and of −0 as well
void observe_bits(const std::string& label, const Matrix& m) {
  std::vector<std::int64_t> bits;
  for (const Real number : m) bits.push_back(std::bit_cast<std::int64_t>(double{number}));
  observe(label, bits);
  observe(label + ", sizes", std::vector<std::int64_t>{static_cast<std::int64_t>(m.shape(0)),
                                                       static_cast<std::int64_t>(m.shape(1))});
}

// What the format asks for, around any matrices and with a checksum that fits
class Written {
 public:
  explicit Written(std::uint64_t matrices, std::uint64_t version = 1,
                   std::string_view mark = kCheckpointMark) {
    writer_.text(mark);
    writer_.integer(version);
    writer_.integer(matrices);
  }
  Written& matrix(std::string_view name, const Matrix& m) {
    sizes(name, m.shape(0), m.shape(1));
    for (const Real number : m) writer_.real(number);
    return *this;
  }
  Written& sizes(std::string_view name, std::uint64_t rows, std::uint64_t columns) {
    writer_.text(name);
    writer_.integer(rows);
    writer_.integer(columns);
    return *this;
  }
  Written& more(double number) {
    writer_.real(number);
    return *this;
  }
  std::string sealed() {
    ByteWriter sum;
    sum.integer(checksum(writer_.bytes()));
    return writer_.bytes() + sum.bytes();
  }

 private:
  ByteWriter writer_;
};

// Two matrices that bytes are read into
struct Target {
  Matrix a = {{1, 2, 3}, {4, 5, 6}}, b = {{7}, {8}};

  std::vector<NamedMatrix> named() { return {{"a", &a}, {"b", &b}}; }
  bool is_as_before() const { return same_bits(a, Target().a) && same_bits(b, Target().b); }
};

// What stands in files for it: other numbers in the same shapes
struct Saved {
  Matrix a = {{11, 12, 13}, {14, 15, 16}}, b = {{17}, {18}};
};

// 2: refused, and nothing has changed; 1: refused, but something has; 0: taken, or another error
std::int64_t outcome(std::string_view bytes) {
  Target target;
  try {
    from_bytes(bytes, target.named());
  } catch (const CheckpointError&) {
    return target.is_as_before() ? 2 : 1;
  } catch (const std::exception&) {
  }
  return 0;
}

void observe_refused(const std::string& what, std::string_view bytes) {
  Target target;
  calling("from_bytes of " + what);
  observe_error(what, [&] { from_bytes(bytes, target.named()); });
  observe("nothing has changed: " + what, target.is_as_before());
}

std::string fitting() {
  const Saved saved;
  return Written(2).matrix("a", saved.a).matrix("b", saved.b).sealed();
}

CASE(checkpoint, format, "the bytes are those of the header's format, one by one", {.weight = 2}) {
  Matrix wide = drawn_exactly("0.weight", 3, 5), tall = drawn_exactly("0.bias", 7, 1),
         empty = Matrix::from_shape({0, 4}), none;
  calling("to_bytes of matrices (3, 5), (7, 1), (0, 4) and (0, 0), then of none");
  observe_bytes("bytes",
                to_bytes({{"0.weight", &wide}, {"0.bias", &tall}, {"Ω", &empty}, {"", &none}}));
  observe_bytes("bytes of no matrices", to_bytes({}));
}

void observe_round_trip(std::size_t rows, std::size_t columns) {
  const std::string what = fmt::format("({}, {})", rows, columns);
  Matrix a = drawn_exactly("a", rows, columns), here, full = Matrix(a.shape(), 9);
  calling("from_bytes of to_bytes of " + what);
  const std::string bytes = to_bytes({{"x", &a}, {"y", &a}});
  from_bytes(bytes, {{"x", &here}, {"y", &full}});
  observe_bits(what + " into a matrix without elements", here);
  observe_bits(what + " into one of the same shape", full);
}

CASE(checkpoint, round_trip, "what is saved comes back with every bit and its shape") {
  constexpr std::size_t kSizes[][2] = {{1, 1}, {2, 3}, {7, 5}, {1, 11}, {0, 3}};
  for (const std::size_t(&sizes)[2] : kSizes) observe_round_trip(sizes[0], sizes[1]);
}

CASE(checkpoint, special_numbers, "infinite, tiny, negative zero and NaN come back as they were") {
  constexpr Real kInfinity = std::numeric_limits<Real>::infinity();
  Matrix a = {{kInfinity, -kInfinity, Real(-0.0)},
              {std::numeric_limits<Real>::quiet_NaN(), std::numeric_limits<Real>::denorm_min(),
               std::numeric_limits<Real>::max()}};
  Matrix back(a.shape(), 1);
  calling("from_bytes of to_bytes of infinities, -0, NaN, the least and the largest number");
  from_bytes(to_bytes({{"a", &a}}), {{"a", &back}});
  observe("bits are the same", same_bits(a, back));
  observe("the original is as before", std::signbit(a(0, 2)) && a(0, 0) == kInfinity);
}

CASE(checkpoint, truncated,
     "a file that ends too early is refused at every length, and changes "
     "nothing",
     {.weight = 2}) {
  const std::string bytes = fitting();
  std::vector<std::int64_t> outcomes;
  calling(
      fmt::format("from_bytes of the first 0, …, {} of {} bytes", bytes.size() - 1, bytes.size()));
  for (std::size_t n = 0; n < bytes.size(); ++n)
    outcomes.push_back(outcome(std::string_view(bytes).substr(0, n)));
  observe("2: CheckpointError and nothing changed, 1: something did, 0: no CheckpointError",
          outcomes);
  Target target;
  from_bytes(bytes, target.named());
  observe("a, from all bytes", target.a);
  observe("b, from all bytes", target.b);
}

CASE(checkpoint, damaged, "one byte that changed anywhere is noticed", {.weight = 2}) {
  const std::string bytes = fitting();
  std::vector<std::int64_t> outcomes;
  calling("from_bytes of a checkpoint with one byte changed");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ draw_integer(1, 255));
    outcomes.push_back(outcome(damaged));
  }
  observe("2: CheckpointError and nothing changed, 1: something did, 0: no CheckpointError",
          outcomes);
}

CASE(checkpoint, foreign, "a file of another kind is none, even one with a checksum that fits") {
  const Saved saved;
  observe_refused("nothing", "");
  observe_refused("another program's file", "\x89PNG\r\n\x1a\n, and then a good many other bytes");
  observe_refused("a file that begins with a large number", std::string(64, '\xff'));
  observe_refused(
      "a file whose mark is another",
      Written(2, 1, "gradbook checkpoinT").matrix("a", saved.a).matrix("b", saved.b).sealed());
}

CASE(checkpoint, newer, "a later version of the format is refused, whatever follows") {
  const Saved saved;
  for (const std::uint64_t version :
       {std::uint64_t{2}, std::uint64_t{257}, std::uint64_t{1} << 32 | 1})
    observe_refused(fmt::format("version {}", version),
                    Written(2, version).matrix("a", saved.a).matrix("b", saved.b).sealed());
  observe_refused("version 2, and nothing of what version 1 has",
                  Written(std::uint64_t(-1), 2).sealed());
}

CASE(checkpoint, other_names,
     "each matrix has to have the name that was saved, in the same order") {
  const Saved saved;
  observe_refused("names a and c", Written(2).matrix("a", saved.a).matrix("c", saved.b).sealed());
  observe_refused("names a and b.", Written(2).matrix("a", saved.a).matrix("b.", saved.b).sealed());
  observe_refused("names b and a", Written(2).matrix("b", saved.b).matrix("a", saved.a).sealed());
}

CASE(checkpoint, other_numbers_of_matrices, "one matrix too few or too many is another model's") {
  const Saved saved;
  observe_refused("one matrix", Written(1).matrix("a", saved.a).sealed());
  observe_refused(
      "three matrices",
      Written(3).matrix("a", saved.a).matrix("b", saved.b).matrix("c", saved.b).sealed());
  observe_refused("no matrices", Written(0).sealed());
}

CASE(checkpoint, other_shapes, "as many numbers in another shape do not fit either") {
  const Saved saved;
  constexpr std::size_t kShapes[][2] = {{1, 2}, {2, 2}, {3, 1}};
  for (const auto& [rows, columns] : kShapes)
    observe_refused(
        fmt::format("b as ({}, {})", rows, columns),
        Written(2).matrix("a", saved.a).matrix("b", Matrix({rows, columns}, 1)).sealed());
}

CASE(checkpoint, longer, "bytes that no matrix has are refused, even where the checksum fits") {
  const Saved saved;
  observe_refused("one more number",
                  Written(2).matrix("a", saved.a).matrix("b", saved.b).more(0.5).sealed());
  observe_refused("a byte behind the checksum", fitting() + '\0');
}

CASE(checkpoint, impossible_sizes, "a size that the file cannot have is an error, not an attempt") {
  for (const auto& [rows, columns] : {std::pair{std::uint64_t{1} << 61, std::uint64_t{1}},
                                      {1, std::uint64_t{1} << 40},
                                      {std::uint64_t{1} << 32, std::uint64_t{1} << 32}}) {
    Matrix here;
    const std::string what = fmt::format("{} rows of {} numbers", rows, columns);
    const std::string bytes = Written(1).sizes("x", rows, columns).more(1).sealed();
    calling("from_bytes into a matrix without elements: " + what);
    observe_error(what, [&] { from_bytes(bytes, {{"x", &here}}); });
    observe("nothing has changed: " + what, here.size() == 0);
  }
}

CASE(checkpoint, nothing_saved, "where no elements were saved, there are none afterwards") {
  Matrix empty, a = drawn_exactly("a", 2, 3), velocity = a, here = a;
  const std::string bytes = to_bytes({{"a", &a}, {"velocity", &empty}});
  calling("from_bytes of a state without elements into one that has some");
  from_bytes(bytes, {{"a", &here}, {"velocity", &velocity}});
  observe("elements of the state", velocity.size());
  observe("a", here);
}

CASE(checkpoint, resume, "training goes on from a checkpoint as if it had never stopped") {
  const auto gradients = draw_list(6 * 6, -1, 1);
  Matrix start = drawn_exactly("w", 2, 3);
  const auto all = [](Parameter& w, ModuleOptimizer& optimizer) {
    std::vector<NamedMatrix> matrices = {{"w", &w.value()}};
    for (const NamedMatrix& state : optimizer.state()) matrices.push_back(state);
    return matrices;
  };
  for (std::size_t stop = 0; stop < 6; stop += 2) {
    Parameter w(start), again(Matrix(start.shape(), 0));
    Adam adam({&w}, {.rate = 0.1}), adam_again({&again}, {.rate = 0.1});
    calling(fmt::format("to_bytes after {} steps, from_bytes, and the rest of 6 steps", stop));
    for (std::size_t step = 0; step < 6; ++step) {
      if (step == stop) from_bytes(to_bytes(all(w, adam)), all(again, adam_again));
      for (auto [parameter, optimizer] : {std::pair{&w, &adam}, {&again, &adam_again}}) {
        parameter->grad() = filled<Matrix>(
            start.shape(), {gradients.begin() + static_cast<std::ptrdiff_t>(6 * step),
                            gradients.begin() + static_cast<std::ptrdiff_t>(6 * step + 6)});
        if (parameter == &w || step >= stop) optimizer->step();
      }
    }
    observe(fmt::format("the same bits, stopped after {} steps", stop),
            same_bits(w.value(), again.value()));
    observe(fmt::format("w, stopped after {} steps", stop), again.value(),
            {.terms = 64, .scale = 4});
  }
}

PROOF(checkpoint, literal) {
  Matrix m = {{Real(-0.5)}};
  const std::string expected(
      "\x13\0\0\0\0\0\0\0gradbook checkpoint"
      "\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0"
      "\x01\0\0\0\0\0\0\0x\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0"
      "\0\0\0\0\0\0\xe0\xbf",
      27 + 16 + 25 + 8);
  ByteWriter sum;
  sum.integer(checksum(expected));
  prove(to_bytes({{"x", &m}}) == expected + sum.bytes(), "the bytes are the format's");
}

}  // namespace
}  // namespace gradbook
