export const FIRST_NAMES = (
  'Ada Amir Ana Anton Aiko Ben Bruna Carlos Chen Clara Dario Deepa Elena Emeka Eva Farid Femi Grace Hana Hugo ' +
  'Ines Ivan Jana Jonas Kofi Lara Leo Lin Maja Marco Mei Milan Nadia Nils Noor Olga Omar Paula Priya Rafael ' +
  'Ravi Rosa Samir Sara Sven Tara Theo Uma Vera Yuki'
).split(' ')

export const LAST_NAMES = (
  'Abe Almeida Bauer Becker Costa Dubois Eriksen Farouk Garcia Gupta Haas Ito Jansen Kaya Kim Kovac Larsen Lopez ' +
  'Mehta Meyer Moreau Nguyen Novak Okafor Olsen Park Petrov Quinn Rossi Sato Schmid Silva Singh Tanaka Tran Ueda ' +
  'Vogel Wang Weber Yilmaz'
).split(' ')

export const TITLES = [
  { name: 'Software Engineer', weight: 9, factor: 1 },
  { name: 'Senior Software Engineer', weight: 6, factor: 1.25 },
  { name: 'Staff Engineer', weight: 2, factor: 1.55 },
  { name: 'Test Engineer', weight: 2, factor: 0.95 },
  { name: 'Data Scientist', weight: 1, factor: 1.15 },
] as const
