-- Names in Unicode normal form C, as the program writes them from now on, so that a search finds them in whatever form they were typed.
update customers.customer set name = normalize(name, nfc) where name is not nfc normalized;

-- A name of nothing but what cannot be seen is none; the part of the address before the @ takes its place.
update customers.customer
set name = split_part(email, '@', 1)
where name !~ '[^[:space:]\u0085\u00a0\u00ad\u1680\u180e\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]';
