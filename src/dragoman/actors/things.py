"""Things that bear the name of a state or people and cannot act: food, clothing, animals, plants, household goods."""

from dragoman.actors.names import word_set

THINGS = word_set(
    "sandwich sandwiches fowl goose geese bean beans gum supermarket supermarkets "
    "accent ale alphabet bacon bagpipes ballet bath baths bed beds bee beef beer beers bees beetle beetles black "
    "blind blinds blue boot boots bread bulldog bulldogs carpet carpets cat cats cedar cedars chair chairs chard "
    "checkers cheese cheeses chess china chocolate chocolates cigar cigars clock clocks coffee coin coins cooking "
    "cow cows cuisine cup cups curry dance dances dish dishes dog dogs doll dolls door dressing drill dye fan fans "
    "film films flag flags flu food fries gin goat goats grammar grass green guitar ham harp hat hats hen hens horn "
    "horns horse horses iris ivy jacket kebab kilt knife knot lace lamb language lantern lanterns leather leave "
    "lesson lessons lilies lily literature map maple maps measles movie movies muffin muffins music noodle noodles "
    "novel novels nut nuts oak oaks omelette opera paper parrot parrots pastries pastry pepper peppers pig pigs "
    "pine pines plate plates poetry ponies pony pudding recipe recipes red rice rose roses roulette rug rugs rum "
    "saddle salad sauna sausage sausages shepherd shepherds shoe shoes silk silks song songs soup sprout sprouts "
    "stamp stamps sweater tea terrier terriers toast tobacco tulip tulips vase vases vodka wall walls watch watches "
    "whiskey whisky white window windows wine wines "
)
