// A small seeded generator (sfc32): the same seed and index give the same numbers on every machine.

export class Random {
  constructor(seed, index = 0) {
    this.a = seed >>> 0;
    this.b = index >>> 0;
    this.c = Math.floor(index / 2 ** 32) ^ 0x9e3779b9;
    this.counter = 1;
    for (let round = 0; round < 12; round++) this.next();
  }

  /** An unsigned 32-bit integer. */
  next() {
    const sum = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  below(limit) {
    return Math.floor((this.next() / 4294967296) * limit);
  }

  between(low, high) {
    return low + this.below(high - low + 1);
  }

  chance(probability) {
    return this.next() < probability * 4294967296;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** One of the values, each as likely as its weight says. */
  weighted(weights, values) {
    let rest = (this.below(1e6) / 1e6) * weights.reduce((sum, weight) => sum + weight, 0);
    const index = weights.findIndex((weight) => (rest -= weight) < 0);
    return values.at(index);
  }

  text(length, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789-_.') {
    let result = '';
    for (let index = 0; index < length; index++) result += alphabet[this.below(alphabet.length)];
    return result;
  }

  bytes(length) {
    const result = Buffer.alloc(length);
    for (let index = 0; index < length; index++) result[index] = this.next() & 255;
    return result;
  }
}
