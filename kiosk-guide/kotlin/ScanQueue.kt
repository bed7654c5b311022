package porteria.kiosk

import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.sqlite.SQLiteDatabase
import android.database.sqlite.SQLiteOpenHelper

/**
 * The scans this kiosk owes the server, keyed by (device_id, local_seq).
 *
 * A number is taken in the transaction that stores its row, from a counter that only ever grows: not
 * even a new enrolment sets it back.
 */
class ScanQueue(context: Context) :
    SQLiteOpenHelper(context, "scans.db", null, 1), WaitingScans {

    init {
        // With a write-ahead log the last commits may be lost with the power, and their numbers be
        // given twice. A gate reads a card a second at most: it can wait for the disk.
        setWriteAheadLoggingEnabled(false)
    }

    override fun onConfigure(db: SQLiteDatabase) = db.execSQL("PRAGMA synchronous = FULL")

    override fun onCreate(db: SQLiteDatabase) {
        db.execSQL("CREATE TABLE counter (next_seq INTEGER NOT NULL)")
        db.execSQL("INSERT INTO counter VALUES (1)")
        db.execSQL(
            """
            CREATE TABLE scan (
              device_id TEXT NOT NULL,
              local_seq INTEGER NOT NULL,
              place INTEGER NOT NULL,          -- order of reading; a new number keeps its place
              source TEXT NOT NULL,
              token TEXT NOT NULL,
              type TEXT NOT NULL,
              gate_id TEXT NOT NULL,
              photo_expected INTEGER NOT NULL,
              captured_at TEXT NOT NULL,
              set_aside TEXT,                  -- why; NULL while it waits
              PRIMARY KEY (device_id, local_seq)
            )
            """,
        )
        db.execSQL("CREATE INDEX scan_waiting ON scan (place) WHERE set_aside IS NULL")
    }

    override fun onUpgrade(db: SQLiteDatabase, oldVersion: Int, newVersion: Int) = Unit

    /** Stores what was read. When this returns, the child may go. */
    fun add(deviceId: String, reading: Reading): Scan = inTransaction { db ->
        val seq = takeNumber(db)
        val row = ContentValues().apply {
            put("device_id", deviceId)
            put("local_seq", seq)
            put("place", seq)
            put("source", reading.source.name)
            put("token", reading.token)
            put("type", reading.type.name)
            put("gate_id", reading.gateId)
            put("photo_expected", if (reading.photoExpected) 1 else 0)
            put("captured_at", reading.capturedAt)
        }
        db.insertOrThrow("scan", null, row)
        Scan(deviceId, seq, reading)
    }

    override fun head(limit: Int): List<Scan> = readableDatabase
        .rawQuery(
            "SELECT $COLUMNS FROM scan WHERE set_aside IS NULL ORDER BY place LIMIT ?",
            arrayOf(limit.toString()),
        )
        .use { cursor -> buildList { while (cursor.moveToNext()) add(scan(cursor)) } }

    override fun settle(scan: Scan) {
        writableDatabase.delete("scan", KEY, key(scan))
    }

    override fun setAside(scan: Scan, why: String) {
        val change = ContentValues().apply { put("set_aside", why) }
        writableDatabase.update("scan", change, KEY, key(scan))
    }

    override fun renumber(scan: Scan) = inTransaction { db ->
        give(db, scan, scan.deviceId)
    }

    /**
     * The kiosk has been enrolled anew: what it kept now belongs to the new device, under new
     * numbers. Rows read at a gate that [gates] does not have are another school's: they are set aside.
     */
    fun moveTo(deviceId: String, gates: Set<String>) = inTransaction { db ->
        val kept = db
            .rawQuery("SELECT $COLUMNS FROM scan WHERE set_aside IS NULL ORDER BY place", null)
            .use { cursor -> buildList { while (cursor.moveToNext()) add(scan(cursor)) } }
        for (scan in kept) {
            if (scan.reading.gateId in gates) {
                give(db, scan, deviceId)
            } else {
                val change = ContentValues().apply { put("set_aside", "read at a gate of another school") }
                db.update("scan", change, KEY, key(scan))
            }
        }
    }

    /** What waits: the heartbeat's `queue_len`. */
    fun waiting(): Int = count("set_aside IS NULL")

    /** What a person should look at. */
    fun setAside(): Int = count("set_aside IS NOT NULL")

    private fun give(db: SQLiteDatabase, scan: Scan, deviceId: String) {
        val change = ContentValues().apply {
            put("device_id", deviceId)
            put("local_seq", takeNumber(db))
        }
        db.update("scan", change, KEY, key(scan))
    }

    private fun takeNumber(db: SQLiteDatabase): Long {
        val seq = db.rawQuery("SELECT next_seq FROM counter", null).use { cursor ->
            check(cursor.moveToFirst()) { "the counter is gone" }
            cursor.getLong(0)
        }
        db.execSQL("UPDATE counter SET next_seq = next_seq + 1")
        return seq
    }

    private fun count(where: String): Int = readableDatabase
        .rawQuery("SELECT count(*) FROM scan WHERE $where", null)
        .use { cursor -> if (cursor.moveToFirst()) cursor.getInt(0) else 0 }

    private fun <T> inTransaction(work: (SQLiteDatabase) -> T): T {
        val db = writableDatabase
        db.beginTransaction()
        try {
            return work(db).also { db.setTransactionSuccessful() }
        } finally {
            db.endTransaction()
        }
    }

    private fun scan(cursor: Cursor) = Scan(
        deviceId = cursor.getString(0),
        localSeq = cursor.getLong(1),
        reading = Reading(
            source = Source.valueOf(cursor.getString(2)),
            token = cursor.getString(3),
            type = Direction.valueOf(cursor.getString(4)),
            gateId = cursor.getString(5),
            photoExpected = cursor.getInt(6) != 0,
            capturedAt = cursor.getString(7),
        ),
    )

    private fun key(scan: Scan) = arrayOf(scan.deviceId, scan.localSeq.toString())

    private companion object {
        const val KEY = "device_id = ? AND local_seq = ?"
        const val COLUMNS = "device_id, local_seq, source, token, type, gate_id, photo_expected, captured_at"
    }
}
