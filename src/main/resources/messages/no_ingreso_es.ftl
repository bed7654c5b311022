${student} no registra ingreso al colegio

Hola:

A las ${time} ${student} (${course}) aún no registraba su ingreso al colegio.
Si ya sabías que no iría, no hace falta hacer nada. Si no, llama al colegio.

-- 
Aviso automático de ${school}. No hace falta responder.
